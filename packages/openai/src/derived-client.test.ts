import { ConfigurationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestLogger } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from './client.ts';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator({ apiKeys: ['test-key', 'other-key'] });
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    organization: 'org-one',
    defaultHeaders: { 'x-team': 'search' },
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  vi.unstubAllEnvs();
  simulator.clearRequests();
});

describe('withOptions', () => {
  it('changes what it is given, and keeps the rest and the connections', async () => {
    await client.models.list();
    const sockets = simulator.openSockets;
    const derived = client.withOptions({ project: 'proj-two', timeout: '5s' });
    await derived.models.list();
    await derived.close();
    await client.models.list();
    expect(simulator.openSockets).toBe(sockets);
    expect(simulator.requests[1]?.headers).toMatchObject({
      'openai-organization': 'org-one',
      'openai-project': 'proj-two',
      'x-team': 'search',
    });
    expect(simulator.requests[2]?.headers).not.toHaveProperty('openai-project');
  });

  it('takes another key', async () => {
    await using other = client.withOptions({ apiKey: 'other-key' });
    await using wrong = client.withOptions({ apiKey: 'wrong-key' });
    expect((await other.models.list()).object).toBe('list');
    await expect(wrong.models.list()).rejects.toMatchObject({ code: 'authentication' });
  });

  it('gives what is undefined its default again', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-the-environment');
    await client.withOptions({ organization: undefined }).models.list();
    expect(simulator.requests[0]?.headers['openai-organization']).toBe('org-of-the-environment');
  });

  it('keeps what the environment said when its origin was made', async () => {
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-early');
    await using origin = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-late');
    await origin.withOptions({ timeout: '5s' }).models.list();
    expect(simulator.requests[0]?.headers['openai-project']).toBe('proj-early');
  });

  it('can be taken further', async () => {
    const derived = client.withOptions({ project: 'a' }).withOptions({ maxRetries: 0 });
    await derived.models.list();
    expect(simulator.requests[0]?.headers['openai-project']).toBe('a');
  });

  it('refuses what cannot be right', () => {
    expect(() => client.withOptions({ timeout: -1 })).toThrow(ConfigurationError);
  });
});

describe('raw requests', () => {
  it('reach what the client has no method for', async () => {
    const transport = new MockHttpTransport();
    const logger = new TestLogger();
    await using raw = createOpenAIClient({ apiKey: 'k', transport, logger });
    const calls = [
      ['GET', raw.get('/new/thing', { query: { limit: 2 } })],
      ['POST', raw.post('/new/thing', { body: { a: 1 } })],
      ['PUT', raw.put('/new/thing', { body: { a: 1 } })],
      ['PATCH', raw.patch('/new/thing', { body: { a: 1 } })],
      ['DELETE', raw.delete('/new/{id}', { params: { id: 'a/b' } })],
      ['POST', raw.request({ method: 'POST', path: '/new/thing', headers: { 'x-a': '1' } })],
    ] as const;
    calls.forEach(() => transport.respond({ json: { ok: true } }));
    for (const [, call] of calls) expect(await call).toEqual({ ok: true });
    expect(transport.requests.map(({ method }) => method)).toEqual(calls.map(([m]) => m));
    expect(transport.requests.map(({ url }) => new URL(url).pathname)).toContain('/v1/new/a%2Fb');
    expect(transport.requests[0]?.url).toMatch(/\?limit=2$/);
    expect(transport.requests[1]?.body).toBe('{"a":1}');
    expect(transport.requests.at(-1)?.headers['x-a']).toBe('1');
  });

  it('give events and files', async () => {
    const body = {
      model: 'gpt-4o-mini',
      stream: true,
      messages: [{ role: 'user', content: 'What is a ledger?' }],
    };
    const events = await client.post('/chat/completions', { body, as: 'events' });
    const seen: string[] = [];
    for await (const { data } of events) seen.push(data);
    expect(seen.at(-1)).toBe('[DONE]');
    const speech = { model: 'tts-1', input: 'a', voice: 'alloy' };
    const file = await client.post('/audio/speech', { body: speech, as: 'binary' });
    expect((await file.bytes()).length).toBeGreaterThan(44);
  });

  it('fail as other calls do', async () => {
    const { requestId } = await client.get<{ requestId?: string }>('/models');
    expect(requestId).toMatch(/^req_/);
    await expect(client.get('/no/such/thing')).rejects.toMatchObject({ code: 'not_found' });
  });
});
