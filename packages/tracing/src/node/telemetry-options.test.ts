import { ConfigurationError } from '@integrations/errors';
import { systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { readTelemetryOptions, type TelemetryOptions } from './telemetry-options.ts';

describe('readTelemetryOptions', () => {
  it('has defaults for everything', () => {
    expect(readTelemetryOptions({}, {})).toEqual({
      serviceName: undefined,
      resource: {},
      exporter: 'otlp',
      protocol: 'http/protobuf',
      endpoint: undefined,
      headers: {},
      exportTimeoutMs: 10_000,
      sampleRatio: 1,
      maxQueueSize: 2048,
      maxBatchSize: 512,
      batchDelayMs: 5000,
      metricsIntervalMs: 60_000,
      shutdownTimeoutMs: 5000,
      shutdownOn: [],
      onError: undefined,
      logger: undefined,
      clock: systemClock,
    });
  });

  it.each([
    [{}, { NODE_ENV: 'production' }, 0.01],
    [{}, { NODE_ENV: 'development' }, 1],
    [{}, { NODE_ENV: 'production', OTEL_TRACES_SAMPLER: 'always_on' }, undefined],
    [{ sampleRatio: 0.5 }, { NODE_ENV: 'production', OTEL_TRACES_SAMPLER: 'always_on' }, 0.5],
  ])('chooses the share of traces: %o in %o is %s', (options, env, ratio) => {
    expect(readTelemetryOptions(options, env).sampleRatio).toBe(ratio);
  });

  it.each([
    [{}, { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'http/json'],
    [{}, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'http/protobuf'],
    [{ protocol: 'http/protobuf' }, { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'http/protobuf'],
  ] as const)('chooses the protocol: %o in %o is %s', (options, env, protocol) => {
    expect(readTelemetryOptions(options, env).protocol).toBe(protocol);
  });

  it('has no metrics where nothing is sent', () => {
    expect(readTelemetryOptions({ exporter: 'none' }, {}).metricsIntervalMs).toBeUndefined();
    expect(readTelemetryOptions({ metrics: false }, {}).metricsIntervalMs).toBeUndefined();
  });

  it.each<[string, TelemetryOptions]>([
    ['exporter', { exporter: 'zipkin' as never }],
    ['protocol', { protocol: 'grpc' as never }],
    ['endpoint', { endpoint: 'localhost' }],
    ['endpoint', { endpoint: 'ftp://user:pass@example.com' }],
    ['exportTimeout', { exportTimeout: 0 }],
    ['exportTimeout', { exportTimeout: '600h' }],
    ['sampleRatio', { sampleRatio: 1.1 }],
    ['batch.maxQueueSize', { batch: { maxQueueSize: 0 } }],
    ['batch.maxBatchSize', { batch: { maxQueueSize: 5, maxBatchSize: 6 } }],
    ['batch.delay', { batch: { delay: 'soon' as never } }],
    ['metrics.interval', { metrics: { interval: 0 } }],
    ['shutdownTimeout', { shutdownTimeout: -1 }],
  ])('refuses a wrong %s', (option, options) => {
    const read = (): unknown => readTelemetryOptions(options, {});
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(`\`${option}\``);
    expect(read).not.toThrow('pass');
  });
});
