import { describe, expect, it } from 'vitest';
import {
  isMetricsProvider,
  metricDefinitions,
  METRICS_PROVIDERS,
  type MetricsProvider,
} from './metrics-provider.ts';

type Row = readonly [name: string, kind: string, labels: string, buckets?: readonly number[]];

/** Of both providers, by names that lack the provider. */
const SHARED: readonly Row[] = [
  ['request_size_bytes', 'histogram', 'endpoint'],
  ['response_size_bytes', 'histogram', 'endpoint'],
  ['tokens_total', 'counter', 'model type'],
  ['tokens_per_request', 'histogram', 'model type'],
  ['usage_total', 'counter', 'state model'],
  ['stream_chunks_total', 'counter', 'model'],
  ['time_to_first_token_seconds', 'histogram', 'model', [0.05, 0.1, 0.25, 0.5, 1, 2, 5]],
  ['stream_duration_seconds', 'histogram', 'model'],
  ['retries_total', 'counter', 'endpoint reason'],
  ['circuit_breaker_transitions_total', 'counter', 'from to'],
  ['rate_limit_wait_seconds', 'histogram', ''],
  ['rate_limit_rejections_total', 'counter', ''],
];

const OPENAI: readonly Row[] = [
  ...SHARED,
  ['requests_total', 'counter', 'endpoint status model'],
  [
    'request_duration_seconds',
    'histogram',
    'endpoint model',
    [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  ],
  ['errors_total', 'counter', 'endpoint error_type'],
  ['circuit_breaker_state', 'gauge', 'endpoint'],
];

const MISTRAL: readonly Row[] = [
  ...SHARED,
  ['requests_total', 'counter', 'method endpoint status model'],
  [
    'request_duration_seconds',
    'histogram',
    'method endpoint model',
    [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  ],
  ['errors_total', 'counter', 'type endpoint status_code'],
  ['circuit_breaker_state', 'gauge', ''],
];

describe.each<[MetricsProvider, readonly Row[]]>([
  ['openai', OPENAI],
  ['mistral', MISTRAL],
])('metricDefinitions(%j)', (provider, rows) => {
  const definitions = metricDefinitions(provider);

  it.each(rows.map((row) => ({ name: `${provider}_${row[0]}`, row })))(
    'has $name with its kind, labels and buckets',
    ({ name, row }) => {
      const [, kind, labels, buckets] = row;
      const definition = definitions.find((one) => one.name === name);
      expect(definition).toMatchObject({ kind, labels: labels.split(' ').filter(Boolean) });
      if (buckets !== undefined) expect(definition?.buckets).toEqual(buckets);
      expect(definition?.buckets !== undefined).toBe(kind === 'histogram');
    },
  );

  it('has nothing else, and nothing twice', () => {
    const names = definitions.map(({ name }) => name);
    expect(names.toSorted()).toEqual(rows.map(([name]) => `${provider}_${name}`).toSorted());
  });

  it('splits graphs by labels that exist', () => {
    for (const { splitBy, labels } of definitions) {
      if (splitBy !== undefined) expect(labels).toContain(splitBy);
    }
  });

  it('has buckets that ascend', () => {
    for (const { buckets = [] } of definitions) {
      expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
      expect(new Set(buckets).size).toBe(buckets.length);
    }
  });
});

describe('isMetricsProvider', () => {
  it('knows the providers, and nothing that objects have besides', () => {
    expect(METRICS_PROVIDERS.every(isMetricsProvider)).toBe(true);
    for (const name of ['nobody', 'toString', '']) expect(isMetricsProvider(name)).toBe(false);
  });
});
