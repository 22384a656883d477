import { ConfigurationError } from '@integrations/errors';
import { ManualClock, TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { noopLogger, noopMetrics, noopTracer, systemClock } from '@integrations/types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ClientDefaults, type ClientOptions, resolveClientOptions } from './client-options.ts';

const DEFAULTS: ClientDefaults = {
  baseURL: 'https://api.acme.test/v1',
  timeout: '30s',
  userAgent: 'integrations-acme',
  headers: { 'acme-version': '2026-01-01', 'Acme-Team': undefined },
};

const OPT_IN = 'OTEL_SEMCONV_STABILITY_OPT_IN';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('resolveClientOptions', () => {
  it('fills in what is not given', () => {
    vi.stubEnv(OPT_IN, undefined);
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
      clock: systemClock,
      sinks: { logger: noopLogger, tracer: noopTracer, metrics: noopMetrics, clock: systemClock },
      telemetry: {
        spanDetail: 'standard',
        logRequests: false,
        logResponses: false,
        genAiProfile: '1.41',
      },
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
        spanDetail: 'full',
        logRequests: true,
        logResponses: true,
        semanticConventions: 'latest',
        ...sinks,
      },
      DEFAULTS,
    );
    expect(resolved).toMatchObject({
      defaults: { baseURL: 'http://127.0.0.1:8080/v1', query: { version: 3 } },
      timeoutMs: 1500,
      totalTimeoutMs: 120_000,
      streamIdleTimeoutMs: 0,
      telemetry: {
        spanDetail: 'full',
        logRequests: true,
        logResponses: true,
        genAiProfile: 'latest',
      },
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
    [{ spanDetail: 'all' }, /`spanDetail` must be 'minimal', 'standard' or 'full', not "all"\./],
    [{ logRequests: 'false' }, /`logRequests` must be true or false, not "false"\./],
    [{ logResponses: 1 }, /`logResponses` must be true or false, not 1\./],
    [{ logLevel: 'loud' }, /`logLevel` must be one of silent, error, .*, trace, not "loud"\./],
    [
      { semanticConventions: '1.0' },
      /`semanticConventions` must be '1\.41' or 'latest', not "1\.0"/,
    ],
  ])('refuses %j and says so', (options, message) => {
    const resolve = (): unknown => resolveClientOptions(options as ClientOptions, DEFAULTS);
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(message);
    expect(resolve).not.toThrow(/secret/);
  });

  it('takes the names of OpenTelemetry that the environment opts in to, unless an option says otherwise', () => {
    vi.stubEnv(OPT_IN, 'http, gen_ai_latest_experimental');
    expect(resolveClientOptions({}, DEFAULTS).telemetry.genAiProfile).toBe('latest');
    expect(
      resolveClientOptions({ semanticConventions: '1.41' }, DEFAULTS).telemetry.genAiProfile,
    ).toBe('1.41');
  });

  it('leaves a logger as it is where no level is set', () => {
    const logger = new TestLogger();
    expect(resolveClientOptions({ logger }, DEFAULTS).sinks.logger).toBe(logger);
  });

  it('bounds a logger by the level', () => {
    const logger = new TestLogger();
    const { sinks } = resolveClientOptions({ logger, logLevel: 'warn' }, DEFAULTS);
    sinks.logger.info('no');
    sinks.logger.warn('yes');
    expect(logger.lines.map(({ message }) => message)).toEqual(['yes']);
  });

  it('writes lines of its own where there is a level and no logger', () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const clock = new ManualClock();
    const options: ClientOptions = { logLevel: 'info', clock };
    resolveClientOptions(options, DEFAULTS).sinks.logger.info('one');
    resolveClientOptions(options, { ...DEFAULTS, logTarget: 'acme' }).sinks.logger.info('two');
    resolveClientOptions(options, DEFAULTS).sinks.logger.debug('no');
    const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
    const timestamp = new Date(clock.epoch()).toISOString();
    expect(lines).toEqual([
      { timestamp, level: 'INFO', target: 'integrations', message: 'one', fields: {} },
      { timestamp, level: 'INFO', target: 'acme', message: 'two', fields: {} },
    ]);
  });

  it.each([undefined, new TestLogger()])('is silent when told so', (logger) => {
    const { sinks } = resolveClientOptions({ logger, logLevel: 'silent' }, DEFAULTS);
    expect(sinks.logger).toBe(noopLogger);
  });
});
