import { ConfigurationError } from '@integrations/errors';
import { TestMetrics } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './create-metrics.ts';
import { metricDefinitions, METRICS_PROVIDERS, type MetricsProvider } from './definitions.ts';
import { declareMetrics } from './metric-definition.ts';

type Row = readonly [name: string, kind: string, labels: string, buckets?: readonly number[]];

const OPENAI: readonly Row[] = [
  ['openai_requests_total', 'counter', 'endpoint status model'],
  [
    'openai_request_duration_seconds',
    'histogram',
    'endpoint model',
    [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  ],
  ['openai_tokens_total', 'counter', 'model type'],
  ['openai_errors_total', 'counter', 'endpoint error_type'],
  ['openai_circuit_breaker_state', 'gauge', 'endpoint'],
  ['openai_retries_total', 'counter', 'endpoint reason'],
  ['openai_rate_limit_wait_seconds', 'histogram', ''],
  ['openai_rate_limit_rejections_total', 'counter', ''],
  ['openai_stream_chunks_total', 'counter', 'model'],
  ['openai_time_to_first_token_seconds', 'histogram', 'model', [0.05, 0.1, 0.25, 0.5, 1, 2, 5]],
  ['openai_stream_duration_seconds', 'histogram', 'model'],
];

const MISTRAL: readonly Row[] = [
  ['mistral_requests_total', 'counter', 'method endpoint status model'],
  [
    'mistral_request_duration_seconds',
    'histogram',
    'method endpoint model',
    [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  ],
  ['mistral_request_size_bytes', 'histogram', 'endpoint'],
  ['mistral_response_size_bytes', 'histogram', 'endpoint'],
  ['mistral_tokens_total', 'counter', 'type model'],
  ['mistral_tokens_per_request', 'histogram', 'type model'],
  ['mistral_stream_chunks_total', 'counter', 'model'],
  ['mistral_time_to_first_token_seconds', 'histogram', 'model', [0.05, 0.1, 0.25, 0.5, 1, 2, 5]],
  ['mistral_stream_duration_seconds', 'histogram', 'model'],
  ['mistral_retries_total', 'counter', 'endpoint reason'],
  ['mistral_circuit_breaker_state', 'gauge', ''],
  ['mistral_circuit_breaker_transitions_total', 'counter', 'from to'],
  ['mistral_rate_limit_wait_seconds', 'histogram', ''],
  ['mistral_rate_limit_rejections_total', 'counter', ''],
  ['mistral_errors_total', 'counter', 'type endpoint status_code'],
];

describe.each<[MetricsProvider, readonly Row[]]>([
  ['openai', OPENAI],
  ['mistral', MISTRAL],
])('metricDefinitions(%j)', (provider, rows) => {
  it.each(rows.map((row) => ({ name: row[0], row })))('has $name as specified', ({ row }) => {
    const [name, kind, labels, buckets] = row;
    const definition = metricDefinitions(provider).find((one) => one.name === name);
    expect(definition).toMatchObject({ kind, labels: labels.split(' ').filter(Boolean) });
    if (buckets !== undefined) expect(definition?.buckets).toEqual(buckets);
    expect(definition?.buckets !== undefined).toBe(kind === 'histogram');
  });

  it('has nothing else', () => {
    const names = metricDefinitions(provider).map(({ name }) => name);
    expect(names.toSorted()).toEqual(rows.map(([name]) => name).toSorted());
  });

  it('splits graphs by labels that exist', () => {
    for (const { splitBy, labels } of metricDefinitions(provider)) {
      if (splitBy !== undefined) expect(labels).toContain(splitBy);
    }
  });
});

describe('metricDefinitions', () => {
  it.each(['nobody', 'toString', ''])('refuses the provider %j', (provider) => {
    expect(() => metricDefinitions(provider as MetricsProvider)).toThrow(ConfigurationError);
  });
});

describe('declareMetrics', () => {
  it('declares every metric with its kind, help, labels and buckets', () => {
    const recorder = new TestMetrics();
    declareMetrics(recorder, metricDefinitions('mistral'));
    expect(recorder.metrics).toHaveLength(MISTRAL.length);
    for (const { name, kind, help, labels, buckets } of metricDefinitions('mistral')) {
      const declared = recorder.metrics.find((metric) => metric.name === name);
      expect(declared).toMatchObject({ kind, options: { help, labelNames: labels } });
      expect(declared?.options.buckets).toEqual(buckets);
    }
  });

  it('lets all providers live in one registry, twice', async () => {
    const metrics = createMetrics();
    for (const provider of [...METRICS_PROVIDERS, ...METRICS_PROVIDERS]) {
      declareMetrics(metrics, metricDefinitions(provider));
    }
    expect(await metrics.metrics()).toContain('# TYPE mistral_errors_total counter');
  });
});
