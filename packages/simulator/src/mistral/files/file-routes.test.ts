import { describe, expect, it } from 'vitest';
import { UploadedFile } from '../../form-data.ts';
import { MistralStorage } from '../storage.test.support.ts';

describe('/v1/files', () => {
  it('describes what was uploaded by what it is for', async () => {
    const storage = new MistralStorage();
    const lines = '{"a":1}\n{"b":2}\n';
    const upload = (body: object): Promise<unknown> =>
      storage.ask('POST', '/v1/files', { file: fileOf(lines), ...body }).then((a) => a.body);
    expect(await upload({})).toMatchObject({
      object: 'file',
      bytes: lines.length,
      filename: 'a.jsonl',
      purpose: 'fine-tune',
      sample_type: 'instruct',
      source: 'upload',
      num_lines: 2,
      mimetype: 'application/jsonl',
      expires_at: null,
      visibility: 'workspace',
    });
    expect(await upload({ purpose: 'batch' })).toMatchObject({ sample_type: 'batch_request' });
    expect(await upload({ purpose: 'ocr', visibility: 'user' })).toMatchObject({
      sample_type: 'ocr_input',
      num_lines: null,
      visibility: 'user',
    });
  });

  it('keeps files until they expire', async () => {
    const storage = new MistralStorage();
    const id = await storage.upload('a', { expiry: '1' });
    const forever = await storage.upload('b');
    storage.now += 3599;
    expect((await storage.ask('GET', `/v1/files/${id}`)).status).toBe(200);
    storage.now += 1;
    for (const below of ['', '/content', '/url'])
      expect((await storage.ask('GET', `/v1/files/${id}${below}`)).status).toBe(404);
    expect((await storage.ask('DELETE', `/v1/files/${id}`)).status).toBe(404);
    const { body } = await storage.ask('GET', '/v1/files');
    expect(body).toMatchObject({ object: 'list', data: [{ id: forever }], total: 1 });
  });

  it.each([
    ['purpose=batch', ['c']],
    ['sample_type=batch_request&sample_type=instruct', ['c']],
    ['source=mistral', []],
    ['source=mistral&source=upload&search=b', ['b']],
    ['mimetypes=text/plain', ['b', 'a']],
    ['page=1&page_size=2', ['a']],
    ['', ['c', 'b', 'a']],
  ])('lists what %s asks for', async (query, names) => {
    const storage = new MistralStorage();
    await storage.upload('a', { file: fileOf('a', 'a', 'text/plain'), purpose: 'ocr' });
    await storage.upload('b', { file: fileOf('b', 'b', 'text/plain'), purpose: 'ocr' });
    await storage.upload('c', { file: fileOf('c', 'c'), purpose: 'batch' });
    const { body } = await storage.ask('GET', `/v1/files?${query}`);
    const data = body['data'] as { readonly filename: string }[];
    expect(data.map(({ filename }) => filename)).toEqual(names);
  });

  it('tells no total where none is wanted', async () => {
    const { body } = await new MistralStorage().ask('GET', '/v1/files?include_total=false');
    expect(body['total']).toBeNull();
  });

  it('gives addresses that are good for a time, and only as they were given', async () => {
    const storage = new MistralStorage();
    const id = await storage.upload('signed');
    const { body } = await storage.ask('GET', `/v1/files/${id}/url?expiry=1`);
    const { pathname, search } = new URL(String(body['url']));
    const read = async (target: string): Promise<number> =>
      (await storage.ask('GET', target)).status;
    expect((await storage.ask('GET', pathname + search)).body).toEqual({ text: 'signed' });
    expect(await read(pathname)).toBe(403);
    expect(await read(`${pathname}${search.replace('se=', 'se=9')}`)).toBe(403);
    storage.now += 3600;
    expect(await read(pathname + search)).toBe(403);
    for (const expiry of ['0', '169', 'x'])
      expect(await read(`/v1/files/${id}/url?expiry=${expiry}`)).toBe(422);
  });

  it.each([
    ['file', { purpose: 'batch' }],
    ['file', { purpose: 'batch', file: 'a' }],
    ['purpose', { file: fileOf('a'), purpose: 'fun' }],
    ['visibility', { file: fileOf('a'), visibility: 'all' }],
    ['expiry', { file: fileOf('a'), expiry: '0' }],
    ['expiry', { file: fileOf('a'), expiry: 'soon' }],
  ])('refuses a wrong %s', async (field, body) => {
    const answer = await new MistralStorage().ask('POST', '/v1/files', body);
    expect(answer).toMatchObject({
      status: 422,
      body: { message: { detail: [{ loc: ['body', field] }] } },
    });
  });
});

function fileOf(text: string, name = 'a.jsonl', type = 'application/jsonl'): UploadedFile {
  return new UploadedFile(name, type, Buffer.from(text));
}
