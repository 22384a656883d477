import {
  BadRequestError,
  NotFoundError,
  ProtocolError,
  UnprocessableError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { Agent } from './agent.ts';
import type { AgentCreateRequest } from './agent-request.ts';

const MODEL = 'mistral-small-latest';
const POET: AgentCreateRequest = {
  model: MODEL,
  name: 'Poet',
  instructions: 'The moon is made of old songs.',
  description: 'Rhymes.',
  completion_args: { temperature: 0.5, max_tokens: 400 },
  metadata: { team: 'words' },
};

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

async function failure(running: PromiseLike<unknown>): Promise<unknown> {
  return running.then(
    () => 'a result',
    (error: unknown) => error,
  );
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Agents of a name of their own, so that tests see nothing of each other. */
async function makeSome(count: number, name: string): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const { id } = await client.agents.create({ model: MODEL, name });
    ids.push(id);
  }
  return ids;
}

describe('agents', () => {
  it('are made, looked at, changed and deleted', async () => {
    const made = await client.agents.create({ ...POET, future_field: undefined } as typeof POET);
    expect(made).toMatchObject({ ...POET, object: 'agent', version: 0, versions: [0] });
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v1/agents', body: POET });
    expect(await client.agents.get(made.id)).toEqual(made);
    const changed = await client.agents.update(made.id, {
      name: 'Bard',
      version_message: 'Sings now.',
      deployment_chat: true,
    });
    expect(changed).toMatchObject({
      id: made.id,
      name: 'Bard',
      description: 'Rhymes.',
      version: 1,
      versions: [0, 1],
      version_message: 'Sings now.',
      deployment_chat: true,
    });
    expect(simulator.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/v1/agents/${made.id}`,
    });
    expect(await client.agents.delete(made.id)).toBeUndefined();
    expect(await failure(client.agents.get(made.id))).toBeInstanceOf(NotFoundError);
  });

  it('are found by what is asked for, page by page', async () => {
    const ids = await makeSome(5, 'Crowd');
    const agents = client.agents.list({ name: 'Crowd', page_size: 2 });
    expect((await collect(agents)).map(({ id }) => id)).toEqual(ids);
    expect(simulator.requests.slice(-3).map(({ query }) => query)).toEqual([
      '?name=Crowd&page_size=2',
      '?name=Crowd&page_size=2&page=1',
      '?name=Crowd&page_size=2&page=2',
    ]);
    const { data } = await client.agents.list({ name: 'Crowd', page: 1, page_size: 3 });
    expect(data.map(({ id }) => id)).toEqual(ids.slice(3));
  });

  it('are found by a token, too', async () => {
    const ids = await makeSome(5, 'Tokens');
    const first = await client.agents.listPages({ name: 'Tokens', page_size: 2 });
    expect(first).toMatchObject({ object: 'list', next_page_token: expect.any(String) });
    expect((await collect(first)).map(({ id }) => id)).toEqual(ids);
    const token = first.next_page_token;
    const second = await client.agents.listPages({
      name: 'Tokens',
      page_size: 2,
      page_token: token ?? null,
    });
    expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    expect(simulator.requests.at(-1)).toMatchObject({ path: '/v1/agents/pages' });
    const last = await client.agents.listPages({ name: 'Tokens', page_size: 5 });
    expect([last.next_page_token, last.hasNextPage()]).toEqual([null, false]);
  });

  it('are filtered by everything that the API knows', async () => {
    const { id } = await client.agents.create({ ...POET, name: 'Filtered', metadata: { a: 1 } });
    const [found, none] = await Promise.all([
      client.agents.list({
        id,
        search: 'ilter',
        sources: ['api', 'playground'],
        deployment_chat: false,
        metadata: { a: 1 },
      }),
      client.agents.list({ id, metadata: { a: 2 } }),
    ]);
    expect(found.data.map((agent) => agent.id)).toEqual([id]);
    expect(none.data).toEqual([]);
    const queries = simulator.requests.map(({ query }) => query);
    const metadata = encodeURIComponent('{"a":1}');
    const filters = `search=ilter&sources=api&sources=playground&deployment_chat=false`;
    expect(queries).toContain(`?id=${id}&${filters}&metadata=${metadata}`);
  });

  it('send nothing that cannot be right', async () => {
    const { agents } = client;
    const wrong = undefined as unknown as string;
    for (const call of [
      () => agents.create({ model: '', name: 'a' }),
      () => agents.create({ model: MODEL } as AgentCreateRequest),
      () => agents.create(undefined as unknown as AgentCreateRequest),
      () => agents.create({ ...POET, handoffs: [] }),
      () => agents.create({ ...POET, version_message: 'a'.repeat(501) }),
      () => agents.create({ ...POET, completion_args: { temperature: 7 } }),
      () => agents.update('ag_1', { name: '' }),
      () => agents.updateVersion('ag_1', Number.NaN),
      () => agents.get(''),
      () => agents.get('..'),
      () => agents.get(wrong),
      () => agents.delete(''),
      () => agents.versions.list(''),
      () => agents.versions.get('ag_1', ''),
      () => agents.aliases.list(''),
      () => agents.aliases.set('', { alias: 'a', version: 0 }),
      () => agents.aliases.delete('', { alias: 'a' }),
      () => agents.complete('', { messages: [{ role: 'user', content: 'a' }] }),
      () => agents.complete('ag_1', { messages: [] }),
      () => agents.completeStream('ag_1', { messages: [] }),
    ]) {
      expect(await failure(call())).toBeInstanceOf(ValidationError);
    }
    expect(simulator.requests).toHaveLength(0);
  });

  it('leave the rest for the server to judge', async () => {
    const { agents } = client;
    const odd = { ...POET, mood: 'fine' } as typeof POET;
    const error = await failure(agents.create(odd));
    expect(error).toBeInstanceOf(UnprocessableError);
    expect(error).toMatchObject({ param: 'mood', message: expect.stringContaining('mood') });
    const unknown = { ...POET, model: 'no-such-model' };
    expect(await failure(agents.create(unknown))).toBeInstanceOf(BadRequestError);
    expect(await failure(agents.list({ page_size: 5000 }))).toBeInstanceOf(UnprocessableError);
  });

  it('tell what is not there', async () => {
    const { agents } = client;
    for (const call of [
      () => agents.get('ag_none'),
      () => agents.update('ag_none', { name: 'a' }),
      () => agents.updateVersion('ag_none', 0),
      () => agents.delete('ag_none'),
      () => agents.versions.list('ag_none'),
      () => agents.versions.get('ag_none', 0),
      () => agents.aliases.list('ag_none'),
      () => agents.aliases.set('ag_none', { alias: 'a', version: 0 }),
      () => agents.aliases.delete('ag_none', { alias: 'a' }),
      () => agents.complete('ag_none', { messages: [{ role: 'user', content: 'a' }] }),
      () => agents.completeStream('ag_none', { messages: [{ role: 'user', content: 'a' }] }),
    ]) {
      expect(await failure(call())).toBeInstanceOf(NotFoundError);
    }
  });

  it('tell wrong answers from right ones', async () => {
    const transport = new MockHttpTransport();
    const deaf = createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0 });
    transport
      .respond({ json: { data: [] } })
      .respond({ json: [] })
      .respond({ json: { id: 'a' } });
    expect(await failure(deaf.agents.list())).toBeInstanceOf(ProtocolError);
    expect(await failure(deaf.agents.get('ag_1'))).toBeInstanceOf(ProtocolError);
    expect(await failure(deaf.agents.listPages())).toBeInstanceOf(ProtocolError);
    await deaf.close();
  });
});

describe('agents.versions', () => {
  let agent: Agent;

  beforeAll(async () => {
    const { id } = await client.agents.create(POET);
    for (const name of ['One', 'Two', 'Three']) await client.agents.update(id, { name });
    agent = await client.agents.get(id);
  });

  it('are listed page by page, and got by number', async () => {
    const { versions } = client.agents;
    const all = await collect(versions.list(agent.id, { page_size: 3 }));
    expect(all.map(({ version, name }) => [version, name])).toEqual([
      [0, 'Poet'],
      [1, 'One'],
      [2, 'Two'],
      [3, 'Three'],
    ]);
    expect(await versions.get(agent.id, 1)).toEqual(all[1]);
    expect(await client.agents.get(agent.id, { agent_version: 2 })).toEqual(all[2]);
    expect(simulator.requests.at(-1)).toMatchObject({ query: '?agent_version=2' });
    expect(await failure(versions.get(agent.id, 9))).toBeInstanceOf(NotFoundError);
  });

  it('become the current one', async () => {
    const back = await client.agents.updateVersion(agent.id, 1);
    expect(back).toMatchObject({ version: 1, name: 'One', versions: [0, 1, 2, 3] });
    expect(simulator.requests[0]).toMatchObject({
      method: 'PATCH',
      path: `/v1/agents/${agent.id}/version`,
      query: '?version=1',
      body: undefined,
    });
    expect(await client.agents.get(agent.id)).toEqual(back);
    expect(await failure(client.agents.updateVersion(agent.id, 9))).toBeInstanceOf(NotFoundError);
  });

  it('have names that can be moved', async () => {
    const { aliases } = client.agents;
    const made = await aliases.set(agent.id, { alias: 'stable', version: 1 });
    expect(made).toMatchObject({ alias: 'stable', version: 1 });
    expect(simulator.requests[0]).toMatchObject({
      method: 'PUT',
      path: `/v1/agents/${agent.id}/aliases`,
      query: '?alias=stable&version=1',
    });
    await aliases.set(agent.id, { alias: 'stable', version: 2 });
    const other = await aliases.set(agent.id, { alias: 'old', version: 0 });
    const { data } = await aliases.list(agent.id);
    expect(data).toMatchObject([{ alias: 'stable', version: 2 }, other]);
    expect(await client.agents.get(agent.id, { agent_version: 'stable' })).toMatchObject({
      name: 'Two',
    });
    expect(await aliases.delete(agent.id, { alias: 'stable' })).toBeUndefined();
    expect(await collect(aliases.list(agent.id))).toEqual([other]);
    const gone = failure(aliases.delete(agent.id, { alias: 'stable' }));
    expect(await gone).toBeInstanceOf(NotFoundError);
    const bad = failure(aliases.set(agent.id, { alias: 'No!', version: 0 }));
    expect(await bad).toBeInstanceOf(UnprocessableError);
  });
});

describe('agents.complete', () => {
  const question = { messages: [{ role: 'user', content: 'What is the moon made of?' }] } as const;
  let agent: Agent;

  beforeAll(async () => {
    agent = await client.agents.create(POET);
  });

  it('answers as the agent', async () => {
    const answer = await client.agents.complete(agent.id, { ...question, max_tokens: 50 });
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: MODEL,
      choices: [
        { finish_reason: 'stop', message: { content: expect.stringContaining('old songs') } },
      ],
    });
    expect(simulator.requests[0]).toMatchObject({
      path: '/v1/agents/completions',
      body: { ...question, agent_id: agent.id, max_tokens: 50 },
    });
  });

  it('streams the same answer', async () => {
    const whole = await client.agents.complete(agent.id, question);
    const stream = await client.agents.completeStream(agent.id, question);
    const chunks = await collect(stream);
    expect(chunks.length).toBeGreaterThan(3);
    const final = await stream.finalCompletion();
    expect(final.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(await stream.finalUsage()).toMatchObject({
      completion_tokens: whole.usage.completion_tokens,
    });
    expect(stream.tokenUsage).toMatchObject({ outputTokens: whole.usage.completion_tokens });
    expect(simulator.requests[1]).toMatchObject({
      body: { ...question, agent_id: agent.id, stream: true },
    });
  });

  it('gives what was asked with all that agents have, and nothing else', async () => {
    const odd = { ...question, temperature: 0.5 };
    const error = await failure(client.agents.complete(agent.id, odd));
    expect(error).toMatchObject({ status: 422, message: expect.stringContaining('temperature') });
  });
});
