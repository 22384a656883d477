import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const definition = { content: 'Greet {{name}}.', variables: [{ name: 'name' }] };

let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
});

afterAll(() => simulator.close());

async function make(name: string, more: object = {}): Promise<string> {
  const response = await post(simulator, '/v2/prompts', { name, definition, ...more });
  const { id } = (await response.json()) as { id: string };
  return `/v2/prompts/${id}`;
}

async function get(path: string): Promise<unknown> {
  const headers = { authorization: 'Bearer test-key' };
  return (await fetch(`${simulator.url}${path}`, { headers })).json();
}

describe('/v2/prompts', () => {
  it.each([
    [{}, 'missing'],
    [{ name: 'a', definition: {} }, 'missing'],
    [{ name: 'a', definition, sharingScope: 'all' }, 'literal_error'],
    [{ name: 'a', definition, sharing_scope: 'private' }, 'extra_forbidden'],
  ])('refuses %j', async (body, type) => {
    const response = await post(simulator, '/v2/prompts', body);
    expect(response.status).toBe(422);
    expect(JSON.stringify(await response.json())).toContain(`"type":"${type}"`);
  });

  it('refuses a name that is taken', async () => {
    await make('twice');
    expect((await post(simulator, '/v2/prompts', { name: 'twice', definition })).status).toBe(409);
  });

  it('sorts times down and texts up, where the query says nothing else', async () => {
    for (const name of ['sort-b', 'sort-a']) await make(name, { aliases: ['sorted'] });
    const namesOf = async (query: string): Promise<unknown> => {
      const { data } = (await get(`/v2/prompts?alias=sorted${query}`)) as {
        data: { name: string }[];
      };
      return data.map(({ name }) => name);
    };
    expect(await namesOf('&sort_by=name')).toEqual(['sort-a', 'sort-b']);
    expect(await namesOf('&sort_by=name&sort_direction=desc')).toEqual(['sort-b', 'sort-a']);
    expect(await namesOf('&sort_by=created_at&sort_direction=asc')).toHaveLength(2);
  });

  it('gives a name to one version at a time, and no version twice', async () => {
    const prompt = await make('versions', { aliases: ['live'] });
    const same = await post(simulator, `${prompt}/versions`, { definition });
    expect(await same.json()).toEqual({ version: 1, deduplicated: true });
    const body = { definition: { content: 'Hail.' }, aliases: ['live'] };
    const added = await post(simulator, `${prompt}/versions`, body);
    expect(await added.json()).toEqual({ version: 2, deduplicated: false });
    expect(await get(`${prompt}?alias=live`)).toMatchObject({ version: 2, latestVersion: 2 });
    expect(await get(`${prompt}/versions/1`)).toMatchObject({ aliases: [] });
    expect(await get(`${prompt}/versions/x`)).toMatchObject({ object: 'error' });
  });
});
