import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createConfig, fromObject } from '@integrations/config';
import { BadRequestError, redactText } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient } from './client.ts';
import { failure, FAST, QUESTION } from './resilience.test.support.ts';

/** Words that have no shape of a secret. */
const ORGANIZATION = 'quiet-meadow-company';
const PROJECT = 'quiet-meadow-project';
const KEY = 'quiet.meadow.password';
const SECRETS = [ORGANIZATION, PROJECT, KEY];

/** A server that quotes the credentials in every place of its errors. */
async function createEcho(): Promise<{ server: Server; baseURL: string }> {
  const server = createServer(({ headers }, response) => {
    const key = headers.authorization?.replace('Bearer ', '');
    const said = `${key}, ${String(headers['openai-organization'])}, ${String(headers['openai-project'])}`;
    const error = { message: `No: ${said}.`, type: said, code: said, param: said };
    response.writeHead(400, { 'content-type': 'application/json', 'x-request-id': said });
    response.end(JSON.stringify({ error, said }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let simulator: Simulator;

beforeEach(async () => {
  simulator = await createSimulator({ apiKeys: ['test-key'] });
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('OPENAI_')) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('OPENAI_BASE_URL', simulator.baseURL);
  vi.stubEnv('OPENAI_API_KEY', 'test-key');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await simulator.close();
});

function statuses(): unknown[] {
  return simulator.requests.map(({ status }) => status);
}

describe('a client that is configured by its environment', () => {
  it('sends a key that was rotated in it at the next attempt', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'stale-key');
    simulator.inject({ fault: { status: 503 }, times: 1 });
    const onRetry = (): void => void vi.stubEnv('OPENAI_API_KEY', 'test-key');
    await using client = createOpenAIClient({ retry: { ...FAST, onRetry } });
    await client.models.list();
    expect(statuses()).toEqual([503, 200]);
  });

  it('makes as many attempts as are set', async () => {
    vi.stubEnv('OPENAI_MAX_RETRIES', '1');
    simulator.inject({ fault: { status: 503 } });
    await using client = createOpenAIClient({ retry: FAST });
    await failure(client.models.list());
    expect(statuses()).toEqual([503, 503]);
  });

  it('uses the tracer and the metrics it was given, unless they are switched off', async () => {
    const count = async (): Promise<[number, number]> => {
      const [tracer, metrics] = [new TestTracer(), new TestMetrics()];
      await using client = createOpenAIClient({ tracer, metrics });
      await client.chat.create(QUESTION);
      return [tracer.spans.length, metrics.metrics.length];
    };
    expect(Math.min(...(await count()))).toBeGreaterThan(0);
    vi.stubEnv('OPENAI_ENABLE_TRACING', 'false');
    vi.stubEnv('OPENAI_ENABLE_METRICS', 'false');
    expect(await count()).toEqual([0, 0]);
  });

  it('writes JSON lines to standard error at the level that is set, and none without', async () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const chat = async (): Promise<string[]> => {
      written.mockClear();
      await using client = createOpenAIClient({ organization: ORGANIZATION, project: PROJECT });
      await client.chat.create(QUESTION);
      return written.mock.calls.map(([line]) => String(line));
    };
    expect(await chat()).toEqual([]);
    vi.stubEnv('OPENAI_LOG_LEVEL', 'trace');
    const lines = await chat();
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      level: 'INFO',
      target: expect.stringMatching(/^integrations_openai/),
      message: 'Client initialized',
      fields: expect.any(Object),
    });
    expect(lines.length).toBeGreaterThan(3);
    for (const secret of [...SECRETS, 'test-key', QUESTION.messages[0].content]) {
      expect(lines.join('')).not.toContain(secret);
    }
    vi.stubEnv('OPENAI_LOG_REQUESTS', 'true');
    expect((await chat()).join('')).toContain(QUESTION.messages[0].content);
  });

  it('bounds the logger it was given', async () => {
    vi.stubEnv('OPENAI_LOG_LEVEL', 'silent');
    const logger = new TestLogger();
    await using client = createOpenAIClient({ logger });
    await client.models.list();
    expect(logger.lines).toEqual([]);
  });
});

describe('a client with a configuration of its own', () => {
  it('reads the key from it at every attempt', async () => {
    // It is also read once when the client is made.
    const keys = ['test-key', 'test-key', 'stale-key'];
    const config = createConfig([
      fromObject({ apiKey: () => keys.shift(), baseURL: simulator.baseURL }),
    ]);
    vi.stubEnv('OPENAI_BASE_URL', 'nonsense');
    await using client = createOpenAIClient({ config });
    await client.models.list();
    await failure(client.models.list());
    expect(statuses()).toEqual([200, 401]);
  });
});

describe('key, organization and project', () => {
  it('come back in no error, log line or span, whatever the server echoes', async () => {
    const { server, baseURL } = await createEcho();
    const [logger, tracer] = [new TestLogger(), new TestTracer()];
    await using client = createOpenAIClient({
      baseURL,
      apiKey: KEY,
      organization: ORGANIZATION,
      project: PROJECT,
      logger,
      tracer,
      logRequests: true,
      logResponses: true,
      spanDetail: 'full',
    });
    const error = await failure(client.models.list());
    server.close();
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ message: expect.stringContaining('No: [REDACTED], [REDACTED]') });
    const deep = { depth: 20, showHidden: true };
    const seen = [
      String(error),
      JSON.stringify(error),
      inspect(error, deep),
      inspect(client, deep),
      inspect(tracer.spans, deep),
      JSON.stringify(logger.lines.map(({ message, fields }) => [message, fields])),
    ].join('\n');
    for (const secret of SECRETS) expect(seen).not.toContain(secret);
  });

  it('are kept out of texts until the last client that has them closes', async () => {
    const options = { apiKey: KEY, organization: ORGANIZATION };
    const config = createConfig([fromObject({ project: PROJECT })]);
    const one = createOpenAIClient({ ...options, config });
    const other = createOpenAIClient({ ...options, project: PROJECT });
    const text = SECRETS.join(' ');
    expect(redactText(text)).toBe('[REDACTED] [REDACTED] [REDACTED]');
    await one.close();
    expect(redactText(text)).toBe('[REDACTED] [REDACTED] [REDACTED]');
    await other.close();
    expect(redactText(text)).toBe(text);
  });
});
