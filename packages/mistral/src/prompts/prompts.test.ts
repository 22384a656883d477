import {
  ConflictError,
  NotFoundError,
  UnprocessableError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';

const DEFINITION = { content: 'Greet {{name}}.', variables: [{ name: 'name' }] };

let simulator: Simulator;
let client: MistralClient;
let count = 0;

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

beforeEach(() => simulator.clearRequests());

async function prompt(): Promise<string> {
  count += 1;
  const { id = '' } = await client.prompts.create({
    name: `prompt-${count}`,
    definition: DEFINITION,
  });
  return id;
}

describe('a prompt', () => {
  it('is kept, looked at, changed and deleted', async () => {
    const made = await client.prompts.create({
      name: 'greeting',
      definition: DEFINITION,
      title: 'Greeting',
      aliases: ['live'],
      sharingScope: 'workspace',
    });
    expect(made).toMatchObject({
      name: 'greeting',
      definition: DEFINITION,
      version: 1,
      latestVersion: 1,
      aliases: ['live'],
      sharingScope: 'workspace',
    });
    const { id = '' } = made;
    expect(await client.prompts.get(id)).toEqual(made);
    const changed = await client.prompts.update(id, { description: 'Says hello.' });
    expect(changed).toMatchObject({ title: 'Greeting', description: 'Says hello.' });
    expect(simulator.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/v2/prompts/${id}`,
      body: { description: 'Says hello.' },
    });
    expect(await client.prompts.delete(id)).toEqual({});
    await expect(client.prompts.get(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('needs a name of its own', async () => {
    const request = { name: 'twice', definition: DEFINITION };
    await client.prompts.create(request);
    await expect(client.prompts.create(request)).rejects.toBeInstanceOf(ConflictError);
  });

  it('comes with the members that are asked for', async () => {
    const id = await prompt();
    const some = await client.prompts.get(id, { fields: ['name', 'version'] });
    expect(Object.keys(some).toSorted()).toEqual(['name', 'version']);
    expect(simulator.requests.at(-1)?.query).toBe('?fields=name&fields=version');
  });

  it('is listed page by page, in the order that is asked for', async () => {
    for (const name of ['list-b', 'list-a', 'list-c'])
      await client.prompts.create({ name, definition: DEFINITION, aliases: ['listed'] });
    const query = {
      alias: 'listed',
      pageSize: 2,
      sort_by: 'name',
      sort_direction: 'desc',
    } as const;
    const page = await client.prompts.list(query);
    expect(page.data.map(({ name }) => name)).toEqual(['list-c', 'list-b']);
    const names: unknown[] = [];
    for await (const { name } of client.prompts.list(query)) names.push(name);
    expect(names).toEqual(['list-c', 'list-b', 'list-a']);
    expect(simulator.requests.at(-1)?.query).toBe(
      '?alias=listed&pageSize=2&sort_by=name&sort_direction=desc&pageToken=2',
    );
  });

  it('that there are none of is an empty page', async () => {
    const page = await client.prompts.list({ alias: 'nobody-has-it' });
    expect(page.data).toEqual([]);
    expect(page.hasNextPage()).toBe(false);
  });

  it('is refused here where it cannot be right', async () => {
    const refused = [
      client.prompts.create({ name: '', definition: DEFINITION }),
      client.prompts.create({ name: 'a' } as never),
      client.prompts.create({ name: 'a', definition: { content: 1 as never } }),
      client.prompts.create({ name: 'a', definition: DEFINITION, aliases: [''] }),
      client.prompts.get(''),
      client.prompts.delete(''),
      client.prompts.versions.create('', { definition: DEFINITION }),
      client.prompts.versions.get('a', Number.NaN),
      client.prompts.versions.get('a', undefined as never),
      client.prompts.versions.update('a', 1, { aliases: ['live'] as never }),
    ];
    for (const call of refused) await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('with a field that the API does not know is refused there', async () => {
    const request = { name: 'a', definition: DEFINITION, sharing_scope: 'private' };
    const call = client.prompts.create(request);
    await expect(call).rejects.toBeInstanceOf(UnprocessableError);
  });
});

describe('the versions of a prompt', () => {
  it('are added, listed and looked at', async () => {
    const id = await prompt();
    const { versions } = client.prompts;
    const added = await versions.create(id, { definition: { content: 'Hail {{name}}.' } });
    expect(added).toMatchObject({ version: 2, deduplicated: false });
    const { data } = await versions.list(id);
    expect(data.map(({ version }) => version)).toEqual([2, 1]);
    expect(data[1]?.definition).toEqual(DEFINITION);
    const first = await versions.get(id, 1);
    expect(first).toMatchObject({ version: 1, latestVersion: 2, definition: DEFINITION });
    expect(await client.prompts.get(id)).toMatchObject({ version: 2 });
    expect(await client.prompts.get(id, { version: 1 })).toEqual(first);
    await expect(versions.get(id, 3)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('are not added twice', async () => {
    const id = await prompt();
    const same = await client.prompts.versions.create(id, { definition: DEFINITION });
    expect(same).toMatchObject({ version: 1, deduplicated: true });
  });

  it('have names that go from one to the other', async () => {
    const id = await prompt();
    const { versions } = client.prompts;
    await versions.create(id, { definition: { content: 'Two' }, aliases: ['live', 'next'] });
    expect(await client.prompts.get(id, { alias: 'live' })).toMatchObject({ version: 2 });
    const moved = await versions.update(id, 1, { notes: 'Back.', aliases: { values: ['live'] } });
    expect(moved).toMatchObject({ version: 1, notes: 'Back.', aliases: ['live'] });
    expect(await versions.get(id, 2)).toMatchObject({ aliases: ['next'] });
    expect(simulator.requests.at(-2)).toMatchObject({
      method: 'PATCH',
      path: `/v2/prompts/${id}/versions/1`,
      body: { notes: 'Back.', aliases: { values: ['live'] } },
    });
  });
});
