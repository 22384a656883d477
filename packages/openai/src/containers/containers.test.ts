import { NotFoundError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

describe('containers', () => {
  it('are made, listed and deleted', async () => {
    const created = await client.containers.create({
      name: 'work',
      memory_limit: '4g',
      expires_after: { anchor: 'last_active_at', minutes: 5 },
      network_policy: { type: 'allowlist', allowed_domains: ['example.com'] },
    });
    expect(created).toMatchObject({
      object: 'container',
      name: 'work',
      status: 'running',
      memory_limit: '4g',
      expires_after: { minutes: 5 },
      network_policy: { allowed_domains: ['example.com'] },
    });
    const { id } = created;
    expect(await client.containers.retrieve(id)).toMatchObject({ id });
    await client.containers.create({ name: 'other' });
    const { data } = await client.containers.list({ name: 'work' });
    expect(data.map((container) => container.id)).toEqual([id]);
    expect(await client.containers.delete(id)).toBeUndefined();
    await expect(client.containers.retrieve(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('have files, yours and those that the API keeps', async () => {
    const kept = await client.files.create({ file: new File(['kept'], 'k'), purpose: 'user_data' });
    const { id } = await client.containers.create({ name: 'work', file_ids: [kept.id] });
    const container = { container_id: id };
    const { files } = client.containers;
    const own = await files.create(id, { file: new File(['own'], 'own.txt') });
    expect(own).toMatchObject({ object: 'container.file', bytes: 3, path: '/mnt/data/own.txt' });
    const copied = await files.create(id, { file_id: kept.id });
    const types = simulator.requests.slice(-2).map(({ headers }) => headers['content-type']);
    expect(types[0]).toMatch(/^multipart\/form-data; boundary=/);
    expect(types[1]).toBe('application/json');
    expect((await files.list(id, { order: 'asc' })).data.map(({ path }) => path)).toEqual([
      '/mnt/data/k',
      '/mnt/data/own.txt',
      '/mnt/data/k',
    ]);
    expect(await files.retrieve(copied.id, container)).toMatchObject({ id: copied.id, bytes: 4 });
    expect(await (await files.content.retrieve(own.id, container)).text()).toBe('own');
    expect(await files.delete(own.id, container)).toBeUndefined();
    await expect(files.retrieve(own.id, container)).rejects.toBeInstanceOf(NotFoundError);
  });

  const IN = { container_id: '' };

  it.each([
    ['create', () => client.containers.create({ name: '' }), 'name'],
    ['retrieve', () => client.containers.retrieve(''), 'container_id'],
    ['delete', () => client.containers.delete(''), 'container_id'],
    ['files.create', () => client.containers.files.create('c', {}), ''],
    ['files.create', () => client.containers.files.create('c', undefined as never), ''],
    ['files.retrieve', () => client.containers.files.retrieve('f', IN), 'container_id'],
    ['files.list', () => client.containers.files.list(''), 'container_id'],
    ['files.delete', () => client.containers.files.delete('f', IN), 'container_id'],
    ['files.content', () => client.containers.files.content.retrieve('f', IN), 'container_id'],
  ])('%s sends nothing that cannot be right', async (_method, call, field) => {
    const error: unknown = await Promise.resolve(call()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(field);
    expect(simulator.requests).toHaveLength(0);
  });
});
