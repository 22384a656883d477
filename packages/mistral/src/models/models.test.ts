import { GoneError, NotFoundError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

async function tunedModel(): Promise<string> {
  const { data } = await client.models.list();
  const tuned = data.find(({ type }) => type === 'fine-tuned');
  if (tuned === undefined) throw new Error('the simulator has no tuned model');
  return tuned.id;
}

describe('models.list', () => {
  it('lists what the key may use, each as `get` gives it', async () => {
    const { object, data } = await client.models.list();
    expect(object).toBe('list');
    expect(data.length).toBeGreaterThan(0);
    for (const model of data) expect(await client.models.get(model.id)).toEqual(model);
  });

  it('walks its one page', async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    const page = await client.models.list();
    expect(ids).toEqual(page.data.map(({ id }) => id));
    expect(page.hasNextPage()).toBe(false);
  });

  it('sends what it is asked for, and nothing else', async () => {
    await client.models.list({ provider: 'mistralai', model: null });
    expect(simulator.requests[0]).toMatchObject({
      method: 'GET',
      path: '/v1/models',
      query: '?provider=mistralai',
    });
  });
});

describe('a model', () => {
  it('that does not exist is told', async () => {
    await expect(client.models.get('no-such')).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.models.delete('no-such')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('is changed, archived, brought back and deleted', async () => {
    const id = await tunedModel();
    const changed = await client.models.update(id, { name: 'Ledger', description: null });
    expect(changed).toMatchObject({ id, name: 'Ledger' });
    expect(simulator.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/v1/fine_tuning/models/${encodeURIComponent(id).replaceAll('%3A', ':')}`,
      body: { name: 'Ledger', description: null },
    });
    expect(await client.models.archive(id)).toMatchObject({ id, archived: true });
    expect(await client.models.get(id)).toMatchObject({ archived: true });
    expect(await client.models.unarchive(id)).toMatchObject({ id, archived: false });
    expect(await client.models.delete(id)).toMatchObject({ id, deleted: true });
    await expect(client.models.get(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('keeps its id in its place', async () => {
    await expect(client.models.get('../files?x=1#y')).rejects.toBeInstanceOf(NotFoundError);
    expect(simulator.requests[0]).toMatchObject({
      path: '/v1/models/..%2Ffiles%3Fx=1%23y',
      query: '',
    });
  });

  it.each(['', '.', '..'])('has no id %j: nothing is sent', async (id) => {
    for (const call of [
      client.models.get(id),
      client.models.delete(id),
      client.models.update(id, {}),
      client.models.archive(id),
      client.models.unarchive(id),
    ]) {
      await expect(call).rejects.toBeInstanceOf(ValidationError);
    }
    expect(simulator.requests).toHaveLength(0);
  });

  it('has a text for a name', async () => {
    const update = client.models.update('ft:x', { name: 3 } as never);
    await expect(update).rejects.toMatchObject({ issues: [{ path: 'name' }] });
    expect(simulator.requests).toHaveLength(0);
  });

  it('may be gone for good', async () => {
    simulator.inject({ times: 1, fault: { status: 410 } });
    await expect(client.models.update('ft:x', {})).rejects.toBeInstanceOf(GoneError);
  });
});
