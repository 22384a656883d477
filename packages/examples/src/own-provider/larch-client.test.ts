import { readFileSync } from 'node:fs';
import {
  ConfigurationError,
  OverloadedError,
  QuotaExhaustedError,
  ValidationError,
} from '@integrations/errors';
import { TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LarchClient } from './larch-client.ts';
import { LarchServer } from './larch-server.test.support.ts';

const QUESTION = { model: 'larch-1', messages: [{ role: 'user', content: 'Say bark' }] };

let server: LarchServer;
let client: LarchClient;
const tracer = new TestTracer();
const metrics = new TestMetrics();
const logger = new TestLogger();

beforeEach(async () => {
  server = await LarchServer.start();
  const retry = { initialDelay: 1, maxDelay: 2 };
  const { baseURL } = server;
  client = new LarchClient({ apiKey: 'test-key', baseURL, retry, tracer, metrics, logger });
});

afterEach(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

describe('a provider of one’s own', () => {
  it('takes under 150 lines', () => {
    const source = readFileSync(new URL('larch-client.ts', import.meta.url), 'utf8');
    expect(source.split('\n').length).toBeLessThan(150);
  });

  it('answers a conversation', async () => {
    const { data, response } = await client.chat(QUESTION).withResponse();
    expect(data.choices[0]?.message.content).toBe('Bark');
    expect(response.headers.get('larch-request')).toBe('request-1');
    expect(data.requestId).toBe('request-1');
    expect(server.requests[0]).toMatchObject({ path: '/chat', key: 'test-key' });
  });

  it('streams', async () => {
    const stream = await client.chatStream(QUESTION);
    const pieces: unknown[] = [];
    for await (const { choices } of stream) pieces.push(choices[0]?.delta?.content);
    expect(pieces).toEqual(['Ba', 'rk']);
    expect(await stream.finalContent()).toBe('Bark');
  });

  it('embeds, and lists', async () => {
    const { data } = await client.embed({ model: 'larch-v', input: 'bark' });
    expect(data[0]?.embedding).toEqual([0.5, 0.25]);
    const names: string[] = [];
    for await (const { name } of client.models()) names.push(name);
    expect(names).toEqual(['larch-1']);
  });

  it('tries again after its own word for an overload, and tells its own word for no credit', async () => {
    server.faults.push({ status: 418, reason: 'busy' });
    await client.chat(QUESTION);
    expect(server.requests).toHaveLength(2);
    server.faults.push({ status: 429, reason: 'no_credit' });
    const failed = client.chat(QUESTION);
    await expect(failed).rejects.toBeInstanceOf(QuotaExhaustedError);
    await expect(failed).rejects.toThrow('larch chat.create: the API answered 429: Not today');
    expect(server.requests).toHaveLength(3);
    server.faults.push({ status: 400, reason: 'busy' });
    await expect(client.chat(QUESTION, { maxRetries: 0 })).rejects.toBeInstanceOf(OverloadedError);
  });

  it('sends nothing that cannot be right', async () => {
    await expect(client.chat({ ...QUESTION, messages: [] })).rejects.toBeInstanceOf(
      ValidationError,
    );
    expect(server.requests).toHaveLength(0);
  });

  it('is configured by its environment', () => {
    vi.stubEnv('LARCH_API_KEY', undefined);
    expect(() => new LarchClient()).toThrow(ConfigurationError);
    expect(() => new LarchClient()).toThrow('LARCH_API_KEY');
    vi.stubEnv('LARCH_API_KEY', 'test-key');
    vi.stubEnv('LARCH_TIMEOUT', 'soon');
    expect(() => new LarchClient()).toThrow('LARCH_TIMEOUT');
    vi.unstubAllEnvs();
  });

  it('tells of its calls by spans, metrics and lines', async () => {
    await client.chat(QUESTION);
    const names = tracer.spans.map(({ name }) => name);
    expect(names).toContain('larch.chat.create');
    const root = tracer.spans.findLast(({ name }) => name === 'larch.chat.create');
    expect(root?.attributes).toMatchObject({
      'gen_ai.provider.name': 'larch',
      'gen_ai.usage.output_tokens': 2,
    });
    expect(metrics.metrics.map(({ name }) => name)).toContain('larch_requests_total');
    expect(logger.lines.length).toBeGreaterThan(0);
  });
});
