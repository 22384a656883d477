import { describe, expect, it } from 'vitest';
import { type Answer, fileOf, Storage } from '../storage.test.support.ts';

const REQUEST = { bytes: 6, filename: 'a.txt', mime_type: 'text/plain', purpose: 'user_data' };

async function begin(storage: Storage): Promise<string> {
  return `/v1/uploads/${(await storage.ask('POST', '/v1/uploads', REQUEST)).body.id}`;
}

async function addPart(storage: Storage, upload: string, text: string): Promise<Answer> {
  return storage.ask('POST', `${upload}/parts`, { data: fileOf(text) });
}

describe('/v1/uploads', () => {
  it('puts parts together in the order that is asked for', async () => {
    const storage = new Storage();
    const upload = await begin(storage);
    const second = await addPart(storage, upload, 'def');
    const first = await addPart(storage, upload, 'abc');
    const part_ids = [first.body.id, second.body.id];
    const md5 = 'e80b5017098950fc58aad83c8c14978e';
    const { body } = await storage.ask('POST', `${upload}/complete`, { part_ids, md5 });
    const { id } = body['file'] as { readonly id: string };
    const content = await storage.ask('GET', `/v1/files/${id}/content`);
    expect(content.body).toEqual({ text: 'abcdef' });
    expect((await addPart(storage, upload, 'x')).body['message']).toContain('completed');
  });

  it('forgets what is not completed within an hour', async () => {
    const storage = new Storage();
    const upload = await begin(storage);
    storage.now += 3600;
    expect((await addPart(storage, upload, 'abc')).body['message']).toContain('expired');
  });

  it('refuses parts that make another file', async () => {
    const storage = new Storage();
    const upload = await begin(storage);
    const { id } = (await addPart(storage, upload, 'abc')).body;
    const complete = (body: object): Promise<Answer> =>
      storage.ask('POST', `${upload}/complete`, body);
    expect(await complete({ part_ids: [id] })).toMatchObject({ status: 400 });
    expect((await complete({ part_ids: ['none'] })).body['param']).toBe('part_ids[0]');
    expect((await complete({ part_ids: [id, id], md5: 'none' })).body['param']).toBe('md5');
    expect((await complete({ part_ids: [id, id] })).status).toBe(200);
  });

  it.each(['bytes', 'filename', 'mime_type', 'purpose'])('refuses one without %s', async (name) => {
    const answer = await new Storage().ask('POST', '/v1/uploads', {
      ...REQUEST,
      [name]: undefined,
    });
    expect(answer).toMatchObject({ status: 400, body: { param: name } });
  });
});
