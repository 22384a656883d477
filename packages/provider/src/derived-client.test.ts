import { CircuitOpenError, ConfigurationError, redactText } from '@integrations/errors';
import { MockHttpTransport, TestLogger } from '@integrations/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ACME, ACME_DEFAULTS, CREATE } from './acme.test.support.ts';
import { ClientCore, type ClientParts } from './client-core.ts';
import type { ClientOptions } from './client-options.ts';

const BODY = { body: { model: 'small', input: 'hello' } };
const KEY = 'a-key-that-nobody-should-see';
const OTHER_KEY = 'a-key-of-somebody-else';
const ONE_FAILURE = { failureThreshold: 1, minimumCalls: 1 };

const PARTS: ClientParts = { profile: ACME, defaults: ACME_DEFAULTS };

function core(options: ClientOptions, origin?: ClientCore, parts = PARTS): ClientCore {
  return new ClientCore({ ...options, apiKey: options.apiKey ?? KEY }, parts, origin);
}

afterEach(() => vi.unstubAllGlobals());

describe('a derived client', () => {
  it('calls over the transport of its origin, and leaves it open', async () => {
    const fetch = vi.fn(async () => Response.json({ output: 'hi' }));
    const options = { fetch };
    const origin = core(options);
    const derived = core({ ...options, timeout: '5s' }, origin);
    await derived.caller.call(CREATE, BODY);
    await derived.close();
    await expect(origin.caller.call(CREATE, BODY)).resolves.toEqual({ output: 'hi' });
    await origin.close();
    await expect(derived.caller.call(CREATE, BODY, { maxRetries: 0 })).rejects.toThrow(/closed/);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('has another transport where it is given one', async () => {
    const [one, two] = [new MockHttpTransport(), new MockHttpTransport()];
    two.respond({ json: { output: 'two' } });
    await core({ transport: two }, core({ transport: one })).caller.call(CREATE, BODY);
    expect([one.requests.length, two.requests.length]).toEqual([0, 1]);
  });

  it.each<[string, ClientOptions, boolean]>([
    ['the same options', {}, true],
    ['another timeout', { timeout: '1s' }, true],
    ['another key', { apiKey: OTHER_KEY }, true],
    ['another server', { baseURL: 'https://other.test/v1' }, false],
    ['other settings of breakers', { circuitBreaker: { ...ONE_FAILURE } }, false],
  ])('with %s shares breakers: %s', async (_what, over, isShared) => {
    const transport = new MockHttpTransport();
    const options: ClientOptions = { transport, maxRetries: 0, circuitBreaker: ONE_FAILURE };
    const origin = core(options);
    const derived = core({ ...options, ...over }, origin);
    transport.respond({ status: 500 }).respond({ json: { output: 'hi' } });
    await expect(origin.caller.call(CREATE, BODY)).rejects.toMatchObject({ code: 'server' });
    const call = derived.caller.call(CREATE, BODY);
    if (isShared) await expect(call).rejects.toThrow(CircuitOpenError);
    else await expect(call).resolves.toEqual({ output: 'hi' });
  });

  it.each<[string, ClientOptions, boolean]>([
    ['the same options', {}, true],
    ['another number of retries', { maxRetries: 1 }, true],
    ['another key', { apiKey: OTHER_KEY }, false],
    ['another account', { defaultHeaders: { 'Acme-Team': 'two' } }, false],
    ['another server', { baseURL: 'https://other.test/v1' }, false],
    ['other limits', { rateLimit: { requestsPerMinute: 1 } }, false],
  ])('with %s shares limits: %s', async (_what, over, isShared) => {
    const transport = new MockHttpTransport();
    const rateLimit = { requestsPerMinute: 1, burst: 1, maxWait: 1 };
    const options: ClientOptions = { transport, rateLimit, circuitBreaker: false };
    const parts: ClientParts = {
      ...PARTS,
      defaults: { ...ACME_DEFAULTS, headers: { 'acme-team': 'one' } },
    };
    const origin = core(options, undefined, parts);
    const derived = core({ ...options, ...over }, origin, parts);
    transport.respond({ json: { output: 'a' } }).respond({ json: { output: 'b' } });
    await origin.caller.call(CREATE, BODY);
    const call = derived.caller.call(CREATE, BODY);
    if (isShared) await expect(call).rejects.toMatchObject({ code: 'deadline_exceeded' });
    else await expect(call).resolves.toEqual({ output: 'b' });
  });

  it('counts calls in flight together with its origin', async () => {
    let inFlight = 0;
    const seen: number[] = [];
    const fetch = async (): Promise<Response> => {
      seen.push((inFlight += 1));
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
      return Response.json({ output: 'hi' });
    };
    const options: ClientOptions = { fetch, concurrency: 1 };
    const origin = core(options);
    const derived = core({ ...options, timeout: '5s' }, origin);
    const call = ({ caller }: ClientCore): PromiseLike<unknown> => caller.call(CREATE, BODY);
    await Promise.all([origin, derived, origin, derived].map(call));
    expect(seen).toEqual([1, 1, 1, 1]);
  });

  it('holds no secret that its origin holds already, and lets its own go', async () => {
    const [one, two] = ['the-key-of-the-origin', 'the-key-of-the-derived'];
    const options = { transport: new MockHttpTransport(), apiKey: one };
    const origin = core(options);
    const same = core(options, origin);
    const other = core({ ...options, apiKey: two }, origin);
    expect(redactText(two)).toBe('[REDACTED]');
    await other.close();
    expect(redactText(two)).toBe(two);
    await same.close();
    expect(redactText(one)).toBe('[REDACTED]');
    await origin.close();
    expect(redactText(one)).toBe(one);
  });

  it('is not announced as a client of its own', () => {
    const logger = new TestLogger();
    const options = { transport: new MockHttpTransport(), logger };
    core(options, core(options));
    expect(logger.lines).toHaveLength(1);
  });
});

describe('what carries the requests', () => {
  const fetch = async (): Promise<Response> => Response.json({});

  it.each<[string, ClientOptions]>([
    ['a transport and fetch', { transport: new MockHttpTransport(), fetch }],
    ['fetch and a proxy', { fetch, proxy: 'http://proxy.test' }],
    ['fetch that is none', { fetch: 'fetch' as unknown as typeof fetch }],
    ['a proxy that is none', { proxy: 'proxy.test' }],
  ])('is refused: %s', (_what, options) => {
    expect(() => core(options)).toThrow(ConfigurationError);
  });

  it('is fetch in a browser, where a proxy cannot be', async () => {
    vi.stubGlobal('window', { document: {} });
    vi.stubGlobal('fetch', async () => Response.json({ output: 'by fetch' }));
    expect(() => core({})).toThrow(/dangerouslyAllowBrowser/);
    const options = { dangerouslyAllowBrowser: true };
    expect(() => core({ ...options, proxy: 'http://proxy.test' })).toThrow(/`proxy`/);
    await using client = core(options);
    await expect(client.caller.call(CREATE, BODY)).resolves.toEqual({ output: 'by fetch' });
  });
});
