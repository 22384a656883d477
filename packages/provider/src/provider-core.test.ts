import { inspect } from 'node:util';
import { createCircuitBreaker } from '@integrations/circuit-breaker';
import {
  AbortedError,
  AttemptTimeoutError,
  CircuitOpenError,
  ConfigurationError,
  redactText,
} from '@integrations/errors';
import { createRateLimiter, parseRateLimitHeaders } from '@integrations/rate-limits';
import { ManualClock, MockHttpTransport, TestLogger } from '@integrations/testing';
import { noopMetrics, noopTracer } from '@integrations/types';
import { describe, expect, it, vi } from 'vitest';
import {
  ACME,
  ACME_DEFAULTS,
  CREATE,
  collect,
  createTelemetry,
  delta,
  DONE,
  STREAM,
} from './acme.test.support.ts';
import { createCaller } from './caller.ts';
import { createStreamCaller } from './core-caller.ts';
import { EventStream } from './event-stream.ts';
import { FORM_BODY } from './form-body.ts';
import { failure } from './manual-response.test.support.ts';
import { protectWith } from './protect-with.ts';
import {
  createProviderCore,
  type ProviderCore,
  type ProviderCoreOptions,
} from './provider-core.ts';

const KEY = 'a-key-that-nobody-should-see';
const ACCOUNT = 'an-account-that-nobody-should-see';
const BODY = { body: { model: 'small', input: 'hello' } };
const { name, requestIdHeaders, toApiError } = ACME;

function core(options: Partial<ProviderCoreOptions> = {}): ProviderCore {
  return createProviderCore(
    { apiKey: KEY, ...options },
    {
      profile: { name, requestIdHeaders, toApiError },
      defaults: { ...ACME_DEFAULTS, headers: { 'acme-account': ACCOUNT } },
      secrets: [ACCOUNT, undefined],
    },
  );
}

describe('a core', () => {
  it('makes calls and streams, and names them in messages', async () => {
    const transport = new MockHttpTransport();
    await using made = core({ transport });
    transport.respond({ json: { output: 'hi' }, headers: { 'x-request-id': 'req-1' } });
    const answer = await made.caller.call(CREATE, BODY);
    expect(answer).toMatchObject({ output: 'hi' });
    expect(transport.requests[0]).toMatchObject({
      url: 'https://api.acme.test/v1/answers',
      headers: { authorization: `Bearer ${KEY}`, 'user-agent': 'acme' },
    });
    transport.stream([delta('hel'), delta('lo'), DONE]);
    const streams = createStreamCaller(made.path);
    const stream = await streams.stream(STREAM, BODY, {}, (reader) => new EventStream(reader));
    expect(await collect(stream)).toBe('hello');
    transport.respond({ status: 400, json: { error: 'no' } });
    const failed = await failure(made.caller.call(CREATE, BODY));
    expect(failed).toMatchObject({ message: expect.stringContaining('acme answers.create') });
  });

  it('checks requests before it sends them', async () => {
    const transport = new MockHttpTransport();
    await using made = core({ transport });
    const request = { body: { model: 'small', input: 'forbidden' } };
    expect(await failure(made.caller.call(CREATE, request))).toMatchObject({ code: 'validation' });
    expect(transport.requests).toEqual([]);
  });

  it('repeats failed attempts twice, or as often as it is told', async () => {
    const clock = new ManualClock();
    const transport = new MockHttpTransport();
    for (let attempt = 0; attempt < 6; attempt += 1) transport.respond({ status: 503, json: {} });
    await using made = core({ transport, clock });
    const twice = failure(made.caller.call(CREATE, BODY));
    await clock.advance(60_000);
    await twice;
    expect(transport.requests).toHaveLength(3);
    await failure(made.caller.call(CREATE, BODY, { maxRetries: 0 }));
    expect(transport.requests).toHaveLength(4);
    await using once = core({ transport, clock, maxRetries: 1 });
    const failed = failure(once.caller.call(CREATE, BODY));
    await clock.advance(60_000);
    await failed;
    expect(transport.requests).toHaveLength(6);
  });

  it('ends a call in time, and with its caller', async () => {
    const clock = new ManualClock();
    const transport = new MockHttpTransport().hang().hang();
    await using made = core({ transport, clock, timeout: 40, maxRetries: 0 });
    const late = failure(made.caller.call(CREATE, BODY));
    await clock.advance(40);
    expect(await late).toBeInstanceOf(AttemptTimeoutError);
    const controller = new AbortController();
    const left = failure(made.caller.call(CREATE, BODY, { signal: controller.signal }));
    controller.abort();
    expect(await left).toBeInstanceOf(AbortedError);
    expect(clock.pending).toBe(0);
  });

  it('has the protections that it is given', async () => {
    const clock = new ManualClock();
    const transport = new MockHttpTransport();
    const circuitBreaker = createCircuitBreaker({ clock, failureThreshold: 1 });
    const rateLimiter = createRateLimiter({ clock });
    await using made = core({
      transport,
      clock,
      maxRetries: 0,
      protect: protectWith({ circuitBreaker, rateLimiter }),
      readLimits: parseRateLimitHeaders,
    });
    transport.respond({
      status: 503,
      json: {},
      headers: { 'x-ratelimit-limit-requests': '7', 'x-ratelimit-remaining-requests': '6' },
    });
    await failure(made.caller.call(CREATE, BODY));
    expect(rateLimiter.available().requests).toBe(6);
    expect(await failure(made.caller.call(CREATE, BODY))).toBeInstanceOf(CircuitOpenError);
  });

  it('reports to whom it is told to', async () => {
    const clock = new ManualClock();
    const logger = new TestLogger();
    const transport = new MockHttpTransport().respond({ json: { output: 'hi' } });
    await using made = core({
      transport,
      clock,
      reporter: createTelemetry({ clock, logger, tracer: noopTracer, metrics: noopMetrics }),
    });
    await made.caller.call(CREATE, BODY);
    expect(logger.lines.map(({ message }) => message)).toContain('Request completed');
  });

  it('can be given calls of every kind', async () => {
    const transport = new MockHttpTransport().respond({ json: { id: 'file-1' } });
    await using made = core({ transport });
    const endpoint = {
      operation: 'files.create',
      method: 'POST',
      path: '/files',
      encoding: FORM_BODY,
    } as const;
    const file = new File(['text'], 'a.txt');
    await createCaller(made.path).call(endpoint, { body: { file } });
    expect(transport.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
  });

  it('runs the tools of models', async () => {
    await using made = core({ transport: new MockHttpTransport() });
    const tool = { name: 'add', callId: '1', type: 'function' };
    const caller = createStreamCaller(made.path);
    await expect(caller.runTool(tool, () => 3)).resolves.toBe(3);
    await expect(
      caller.runTool(tool, () => {
        throw new TypeError('broken');
      }),
    ).rejects.toThrow('broken');
  });

  it('keeps its secrets out of everything while it is open', async () => {
    const made = core({ transport: new MockHttpTransport() });
    expect(redactText(`${KEY} ${ACCOUNT}`)).toBe('[REDACTED] [REDACTED]');
    expect(inspect(made, { depth: 9, showHidden: true })).not.toMatch(/should-see/);
    await made.close();
    expect(redactText(`${KEY} ${ACCOUNT}`)).toBe(`${KEY} ${ACCOUNT}`);
  });

  it('closes its own transport, and no other', async () => {
    const transport = new MockHttpTransport();
    await core({ transport }).close();
    expect(transport.closed).toBe(false);
    const own = core();
    await own.close();
    expect(await failure(own.caller.call(CREATE, BODY, { maxRetries: 0 }))).toMatchObject({
      message: expect.stringContaining('closed'),
    });
  });

  it.each<[string, Partial<ProviderCoreOptions>]>([
    ['key', { apiKey: '' }],
    ['timeout', { timeout: -1 }],
    ['number of retries', { maxRetries: -1 }],
    ['base URL', { baseURL: 'http://api.acme.test' }],
    ['pair of carriers', { transport: new MockHttpTransport(), fetch: globalThis.fetch }],
  ])('cannot be made with a wrong %s, and holds no secret then', (_what, options) => {
    expect(() => core(options)).toThrow(ConfigurationError);
    expect(redactText(ACCOUNT)).toBe(ACCOUNT);
  });

  it('is not made in a web page, unless that is allowed', () => {
    vi.stubGlobal('window', { document: {} });
    try {
      expect(() => core()).toThrow(/dangerouslyAllowBrowser/);
      expect(() => core({ dangerouslyAllowBrowser: true })).not.toThrow();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
