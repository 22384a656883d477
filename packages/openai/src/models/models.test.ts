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

describe('models', () => {
  it('lists what the key may use, and retrieves each', async () => {
    const { object, data } = await client.models.list();
    expect(object).toBe('list');
    expect(data.length).toBeGreaterThan(0);
    for (const model of data) expect(await client.models.retrieve(model.id)).toEqual(model);
  });

  it('lists on one page, which ends by itself', async () => {
    const models: string[] = [];
    for await (const { id } of client.models.list()) models.push(id);
    const page = await client.models.list();
    expect(models).toEqual(page.data.map(({ id }) => id));
    expect(page.hasNextPage()).toBe(false);
  });

  it('tells a model that does not exist', async () => {
    await expect(client.models.retrieve('no-such')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('keeps an id in its place', async () => {
    await expect(client.models.retrieve('../files?x=1#y')).rejects.toBeInstanceOf(NotFoundError);
    expect(simulator.requests[0]).toMatchObject({
      path: '/v1/models/..%2Ffiles%3Fx=1%23y',
      query: '',
    });
  });

  it.each(['', '.', '..'])('sends nothing for the id %j', async (id) => {
    await expect(client.models.retrieve(id)).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });
});
