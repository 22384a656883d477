import { ConfigurationError } from '@integrations/errors';
import { ManualClock, TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { noopLogger, noopMetrics, noopTracer, systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { type ClientDefaults, type ClientOptions, resolveClientOptions } from './client-options.ts';

const DEFAULTS: ClientDefaults = {
  baseURL: 'https://api.acme.test/v1',
  timeout: '30s',
  userAgent: 'integrations-acme',
  headers: { 'acme-version': '2026-01-01', 'Acme-Team': undefined },
};

describe('resolveClientOptions', () => {
  it('fills in what is not given', () => {
    expect(resolveClientOptions({}, DEFAULTS)).toEqual({
      defaults: {
        baseURL: 'https://api.acme.test/v1',
        headers: {
          'user-agent': 'integrations-acme',
          'acme-version': '2026-01-01',
          'acme-team': undefined,
        },
        query: {},
      },
      timeoutMs: 30_000,
      totalTimeoutMs: 0,
      streamIdleTimeoutMs: 60_000,
      sinks: { logger: noopLogger, tracer: noopTracer, metrics: noopMetrics, clock: systemClock },
    });
  });

  it('takes what is given', () => {
    const sinks = {
      logger: new TestLogger(),
      tracer: new TestTracer(),
      metrics: new TestMetrics(),
      clock: new ManualClock(),
    };
    const resolved = resolveClientOptions(
      {
        baseURL: 'http://127.0.0.1:8080/v1/',
        timeout: 1500,
        totalTimeout: '2m',
        streamIdleTimeout: 0,
        defaultQuery: { version: 3 },
        ...sinks,
      },
      DEFAULTS,
    );
    expect(resolved).toMatchObject({
      defaults: { baseURL: 'http://127.0.0.1:8080/v1', query: { version: 3 } },
      timeoutMs: 1500,
      totalTimeoutMs: 120_000,
      streamIdleTimeoutMs: 0,
    });
    expect(resolved.sinks).toEqual(sinks);
  });

  it('lets default headers in any case replace and remove the provider’s', () => {
    const { defaults } = resolveClientOptions(
      { defaultHeaders: { 'User-Agent': undefined, 'ACME-Version': 'beta', 'acme-TEAM': 'red' } },
      DEFAULTS,
    );
    expect(defaults.headers).toEqual({
      'user-agent': undefined,
      'acme-version': 'beta',
      'acme-team': 'red',
    });
  });

  it.each([
    ['https://host', 'https://host'],
    ['https://host/', 'https://host'],
    ['https://host/v1//', 'https://host/v1'],
    [' https://host/v1\n', 'https://host/v1'],
    ['https://host/v1?', 'https://host/v1'],
    ['https://host/v1#', 'https://host/v1'],
    ['http://localhost:1234', 'http://localhost:1234'],
    ['http://api.localhost', 'http://api.localhost'],
    ['http://127.9.9.9/v1', 'http://127.9.9.9/v1'],
    ['http://[::1]:80/v1', 'http://[::1]/v1'],
  ])('reads the base URL %j as %s', (baseURL, expected) => {
    expect(resolveClientOptions({ baseURL }, DEFAULTS).defaults.baseURL).toBe(expected);
  });

  it.each<[Partial<Record<keyof ClientOptions, unknown>>, RegExp]>([
    [{ baseURL: '' }, /`baseURL` must be an absolute address such as/],
    [{ baseURL: '/v1' }, /`baseURL` must be an absolute address .*"\/v1"/],
    [{ baseURL: 42 }, /`baseURL` must be an absolute address/],
    [{ baseURL: 'ftp://host' }, /`baseURL` must begin with https:\/\/, not ftp:\/\//],
    [{ baseURL: 'http://api.acme.test' }, /`baseURL` must begin with https:\/\/ .*api\.acme\.test/],
    [{ baseURL: 'http://localhost.acme.test' }, /`baseURL` must begin with https:\/\//],
    [{ baseURL: 'http://127.0.0.1.acme.test' }, /`baseURL` must begin with https:\/\//],
    [{ baseURL: 'https://me:secret@host' }, /`baseURL` must not hold credentials: use `apiKey`/],
    [{ baseURL: 'https://host?a=1' }, /`baseURL` must have no query .*`defaultQuery`/],
    [{ baseURL: 'https://host#a' }, /`baseURL` must have no query or fragment/],
    [{ timeout: -1 }, /`timeout` must be a duration .*not -1\./],
    [{ timeout: Number.NaN }, /`timeout` must be .* not NaN/],
    [{ timeout: {} }, /`timeout` must be /],
    [{ totalTimeout: 'soon' }, /`totalTimeout` must be a duration .*not "soon"\./],
    [{ totalTimeout: Number.POSITIVE_INFINITY }, /`totalTimeout` must be .* not Infinity/],
    [{ streamIdleTimeout: '1 day' }, /`streamIdleTimeout` must be a duration .*not "1 day"\./],
  ])('refuses %j and says so', (options, message) => {
    const resolve = (): unknown => resolveClientOptions(options as ClientOptions, DEFAULTS);
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(message);
    expect(resolve).not.toThrow(/secret/);
  });
});
