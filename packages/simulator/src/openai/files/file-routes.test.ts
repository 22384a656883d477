import { describe, expect, it } from 'vitest';
import { fileOf, Storage } from '../storage.test.support.ts';

const EXPIRY = { anchor: 'created_at', seconds: 3600 };

describe('/v1/files', () => {
  it('keeps files until they expire', async () => {
    const storage = new Storage();
    const id = await storage.upload('a', 'user_data', { expires_after: EXPIRY });
    const forever = await storage.upload('b');
    const batch = await storage.upload('c', 'batch');
    const content = await storage.ask('GET', `/v1/files/${id}/content`);
    expect(content.body).toEqual({ text: 'a' });
    storage.now += 3599;
    expect((await storage.ask('GET', `/v1/files/${id}`)).status).toBe(200);
    storage.now += 1;
    expect((await storage.ask('GET', `/v1/files/${id}`)).status).toBe(404);
    const listed = await storage.ask('GET', '/v1/files?order=asc');
    expect(listed.body['data']).toMatchObject([{ id: forever }, { id: batch }]);
    storage.now += 2_592_000;
    expect((await storage.ask('GET', `/v1/files/${batch}`)).status).toBe(404);
    expect((await storage.ask('GET', `/v1/files/${forever}`)).status).toBe(200);
  });

  it.each([
    ['file', { purpose: 'batch' }],
    ['file', { purpose: 'batch', file: 'a' }],
    ['purpose', { file: fileOf('a') }],
    ['purpose', { file: fileOf('a'), purpose: 'fun' }],
    [
      'expires_after.anchor',
      { file: fileOf('a'), purpose: 'batch', expires_after: { anchor: 'now', seconds: 3600 } },
    ],
    [
      'expires_after.seconds',
      { file: fileOf('a'), purpose: 'batch', expires_after: { ...EXPIRY, seconds: '3599' } },
    ],
  ])('refuses a wrong %s', async (param, body) => {
    expect(await new Storage().ask('POST', '/v1/files', body)).toMatchObject({
      status: 400,
      body: { param },
    });
  });
});
