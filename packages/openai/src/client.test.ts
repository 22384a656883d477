import { inspect } from 'node:util';
import {
  AbortedError,
  AuthenticationError,
  ConnectionError,
  NotFoundError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { SecretString } from '@integrations/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from './client.ts';

const QUESTION = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'What is a ledger?' }],
} as const;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator({ apiKeys: ['test-key', 'rotated-key'] });
});

afterAll(async () => {
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

function connect(over: object = {}): OpenAIClient {
  return createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, ...over });
}

describe('OpenAIClient', () => {
  it('makes a resource once, on first touch', async () => {
    await using client = connect();
    expect(client.chat).toBe(client.chat);
    expect(client.embeddings).toBe(client.embeddings);
    expect(client.models).toBe(client.models);
  });

  it('sends organization, project and own headers and query', async () => {
    await using client = connect({
      organization: 'org',
      project: 'project',
      defaultHeaders: { 'X-Team': 'search' },
      defaultQuery: { region: 'eu' },
    });
    await client.models.list({ headers: { 'X-Trace': '7' }, query: { page: 2 } });
    const [request] = simulator.requests;
    expect(request?.headers).toMatchObject({
      'user-agent': 'integrations-openai',
      'x-team': 'search',
      'x-trace': '7',
    });
    expect(Object.keys(request?.headers ?? {})).toEqual(
      expect.arrayContaining(['openai-organization', 'openai-project', 'authorization']),
    );
    expect(request?.query).toBe('?region=eu&page=2');
  });

  it('asks a key function at every call', async () => {
    const keys = ['test-key', new SecretString('rotated-key'), 'invalid'];
    await using client = connect({ apiKey: () => keys.shift() });
    await client.models.list();
    await client.models.list();
    await expect(client.models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('explains a wrong key without showing it', async () => {
    await using client = connect({ apiKey: 'invalid-and-secret' });
    const error: unknown = await client.models.list().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ status: 401, apiCode: 'invalid_api_key' });
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain(
      'invalid-and-secret',
    );
  });

  it('shows no key when it is printed', () => {
    const client = connect({ apiKey: 'a-key-to-hide' });
    expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain(
      'a-key-to-hide',
    );
  });

  it('gives the request id on results and errors', async () => {
    await using client = connect();
    const completion = await client.chat.create(QUESTION);
    expect(completion.requestId).toBe(simulator.requests[0]?.requestId);
    expect(Object.keys(completion)).not.toContain('requestId');
    const error: unknown = await client.models
      .retrieve('no-such')
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ requestId: simulator.requests[1]?.requestId });
  });

  it('gives the response with the result, and alone', async () => {
    await using client = connect();
    const { data, response, requestId } = await client.chat.create(QUESTION).withResponse();
    expect(response.status).toBe(200);
    expect(response.headers.get('x-request-id')).toBe(requestId);
    const raw = await client.chat.create(QUESTION).asResponse();
    expect(await raw.json()).toMatchObject({ object: data.object, model: data.model });
  });

  it('tells a refused connection apart', async () => {
    const gone = await createSimulator();
    await gone.close();
    await using client = connect({ baseURL: gone.baseURL });
    await expect(client.models.list()).rejects.toBeInstanceOf(ConnectionError);
  });

  it('rejects at once when aborted, and the server sees it', async () => {
    simulator.inject({ fault: { latencyMs: 60_000 } });
    await using client = connect();
    const controller = new AbortController();
    const call = client.chat.create(QUESTION, { signal: controller.signal });
    await expect.poll(() => simulator.requests.length).toBe(1);
    controller.abort();
    await expect(call).rejects.toBeInstanceOf(AbortedError);
    await expect.poll(() => simulator.requests[0]?.aborted).toBe(true);
  });

  it('stops an attempt that takes too long', async () => {
    simulator.inject({ fault: { latencyMs: 60_000 } });
    await using client = connect({ timeout: 50 });
    await expect(client.chat.create(QUESTION)).rejects.toMatchObject({ code: 'attempt_timeout' });
    await expect(
      client.chat.create(QUESTION, { timeout: 0, totalTimeout: 50 }),
    ).rejects.toMatchObject({ code: 'total_timeout' });
  });

  it('leaves a transport that was passed in open', async () => {
    const transport = new MockHttpTransport();
    const client = createOpenAIClient({ apiKey: 'test-key', transport });
    await client.close();
    expect(transport.closed).toBe(false);
  });

  it('closes its own connections', async () => {
    const client = connect();
    await client.models.list();
    expect(simulator.openSockets).toBeGreaterThan(0);
    await client.close();
    await expect.poll(() => simulator.openSockets).toBe(0);
  });

  it('reports calls under the names of the specification', async () => {
    const metrics = new TestMetrics();
    const tracer = new TestTracer();
    const logger = new TestLogger();
    await using client = connect({ metrics, tracer, logger });
    await client.chat.create(QUESTION);
    const labels = { endpoint: 'chat', model: 'gpt-4o-mini', status: 'ok' };
    expect(metrics.value('openai_requests_total', labels)).toBe(1);
    expect(metrics.value('openai_tokens_total', { type: 'prompt' })).toBeGreaterThan(0);
    expect(tracer.span('openai.chat.create')).toMatchObject({ kind: 'client', ended: true });
    expect(logger.messages('info')).toEqual([
      'Client initialized',
      'Request started',
      'Request completed',
    ]);
  });
});
