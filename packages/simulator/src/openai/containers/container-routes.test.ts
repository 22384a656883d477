import { describe, expect, it } from 'vitest';
import { fileOf, Storage } from '../storage.test.support.ts';

describe('/v1/containers', () => {
  it('expires after its last use', async () => {
    const storage = new Storage();
    const expires_after = { anchor: 'last_active_at', minutes: 5 };
    const { body } = await storage.ask('POST', '/v1/containers', { name: 'a', expires_after });
    const container = `/v1/containers/${body.id}`;
    storage.now += 299;
    await storage.ask('POST', `${container}/files`, { file: fileOf('a') });
    storage.now += 299;
    expect((await storage.ask('GET', container)).body['status']).toBe('running');
    storage.now += 1;
    expect((await storage.ask('GET', container)).body['status']).toBe('expired');
    expect((await storage.ask('GET', `${container}/files`)).status).toBe(404);
  });

  it.each([
    ['name', {}],
    ['minutes', { name: 'a', expires_after: { minutes: 21 } }],
    ['file_ids', { name: 'a', file_ids: 'a' }],
  ])('refuses a wrong %s', async (param, body) => {
    const answer = await new Storage().ask('POST', '/v1/containers', body);
    expect(answer).toMatchObject({ status: 400, body: { param } });
  });

  it('refuses a file that is neither sent nor kept', async () => {
    const storage = new Storage();
    const { body } = await storage.ask('POST', '/v1/containers', { name: 'a' });
    const add = `/v1/containers/${body.id}/files`;
    expect(await storage.ask('POST', add, {})).toMatchObject({ status: 400 });
    expect(await storage.ask('POST', add, { file_id: 'file-none' })).toMatchObject({ status: 404 });
  });
});
