import { ConfigurationError, redactText } from '@integrations/errors';
import { MockHttpTransport, TestLogger, TestMetrics } from '@integrations/testing';
import { describe, expect, it, vi } from 'vitest';
import { ACME, ACME_DEFAULTS, CREATE } from './acme.test.support.ts';
import { ClientCore, type ClientParts } from './client-core.ts';
import type { ClientOptions } from './client-options.ts';

const KEY = 'a-key-that-nobody-should-see';
const ACCOUNT = 'an-account-that-nobody-should-see';
const BODY = { body: { model: 'small', input: 'hello' } };

function core(options: ClientOptions = {}, parts: Partial<ClientParts> = {}): ClientCore {
  return new ClientCore(
    { ...options, apiKey: options.apiKey ?? KEY },
    { profile: ACME, defaults: ACME_DEFAULTS, ...parts },
  );
}

describe('ClientCore', () => {
  it('makes calls with everything joined', async () => {
    const transport = new MockHttpTransport().respond({ json: { output: 'hi' } });
    const logger = new TestLogger();
    const metrics = new TestMetrics();
    await using client = core({ transport, logger, metrics });
    await expect(client.caller.call(CREATE, BODY)).resolves.toEqual({ output: 'hi' });
    expect(transport.requests[0]).toMatchObject({
      url: 'https://api.acme.test/v1/answers',
      headers: { authorization: `Bearer ${KEY}`, 'user-agent': 'acme' },
    });
    expect(logger.lines[0]).toEqual({
      level: 'info',
      message: 'Client initialized',
      fields: { provider: 'acme', server: 'api.acme.test' },
    });
    expect(metrics.value('acme_circuit_breaker_state', { endpoint: 'answers' })).toBe(0);
  });

  it('shares the instruments of a recorder with the clients that have it', async () => {
    const transport = new MockHttpTransport();
    transport.respond({ json: { output: 'hi' } }).respond({ json: { output: 'hi' } });
    const metrics = new TestMetrics();
    await using one = core({ transport, metrics });
    const counter = vi.spyOn(metrics, 'counter');
    await using other = core({ transport, metrics });
    expect(counter).not.toHaveBeenCalled();
    await one.caller.call(CREATE, BODY);
    await other.caller.call(CREATE, BODY);
    expect(metrics.value('acme_requests_total')).toBe(2);
  });

  it('cannot be made where the name of a metric is taken', () => {
    const metrics = new TestMetrics();
    metrics.gauge('acme_requests_total');
    expect(() => core({ metrics })).toThrow(/acme_requests_total/);
    expect(() => core({ metrics })).toThrow(/acme_requests_total/);
  });

  it('carries the key as the provider wants it, from a function too', async () => {
    const transport = new MockHttpTransport();
    transport.respond({ json: { output: 'hi' } }).respond({ json: { output: 'hi' } });
    let asked = 0;
    const apiKey = async (): Promise<string> => `key-number-${(asked += 1)}`;
    await using client = core(
      { transport, apiKey },
      { authenticate: (key) => ({ 'x-acme-key': key.expose() }) },
    );
    await client.caller.call(CREATE, BODY);
    await client.caller.call(CREATE, BODY);
    expect(transport.requests.map(({ headers }) => headers['x-acme-key'])).toEqual([
      'key-number-1',
      'key-number-2',
    ]);
  });

  it('keeps its secrets out of everything while it is open', async () => {
    const transport = new MockHttpTransport();
    const client = core({ transport }, { secrets: [ACCOUNT, undefined] });
    expect(redactText(`${KEY} ${ACCOUNT}`)).toBe('[REDACTED] [REDACTED]');
    await client.close();
    expect(redactText(`${KEY} ${ACCOUNT}`)).toBe(`${KEY} ${ACCOUNT}`);
  });

  it.each<[string, ClientOptions]>([
    ['key', { apiKey: '' }],
    ['option', { timeout: -1 }],
    ['protection', { maxRetries: -1 }],
  ])('holds no secret when it cannot be made for a wrong %s', (_what, options) => {
    expect(() => core(options, { secrets: [ACCOUNT] })).toThrow(ConfigurationError);
    expect(redactText(`${KEY} ${ACCOUNT}`)).toBe(`${KEY} ${ACCOUNT}`);
  });

  it('closes its own transport, and no other', async () => {
    const transport = new MockHttpTransport();
    await core({ transport }).close();
    expect(transport.closed).toBe(false);
    const own = core();
    await own.close();
    await expect(own.caller.call(CREATE, BODY, { maxRetries: 0 })).rejects.toThrow(/closed/);
  });
});
