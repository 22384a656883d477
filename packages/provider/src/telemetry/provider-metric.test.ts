import type { DeclaredMetric } from '@integrations/semantic-conventions';
import { TestMetrics } from '@integrations/testing';
import { type MetricsRecorder, noopMetrics } from '@integrations/types';
import { describe, expect, it, vi } from 'vitest';
import { declareMetrics, ProviderMetric } from './provider-metric.ts';

const COUNTER: DeclaredMetric = {
  name: 'acme_calls_total',
  kind: 'counter',
  help: 'Calls.',
  labels: ['endpoint', 'model'],
};
const GAUGE: DeclaredMetric = { ...COUNTER, name: 'acme_state', kind: 'gauge', labels: [] };
const HISTOGRAM: DeclaredMetric = {
  ...COUNTER,
  name: 'acme_seconds',
  kind: 'histogram',
  buckets: [1, 2],
};

const FACTS = { endpoint: 'chat', model: 'small', status: 'ok' };

describe('ProviderMetric', () => {
  it.each([COUNTER, GAUGE, HISTOGRAM])('declares a $kind as it is defined', (metric) => {
    const recorder = new TestMetrics();
    expect(new ProviderMetric(recorder, metric).isRecorded).toBe(true);
    const { name, kind, help, labels, buckets } = metric;
    expect(recorder.metrics).toMatchObject([{ name, kind, options: { help, labelNames: labels } }]);
    expect(recorder.metrics[0]?.options.buckets).toEqual(buckets);
  });

  it.each([
    [COUNTER, { endpoint: 'chat', model: 'small' }],
    [GAUGE, {}],
    [HISTOGRAM, { endpoint: 'chat', model: 'small' }],
  ])('records values with the labels that were declared: $kind', (metric, labels) => {
    const recorder = new TestMetrics();
    new ProviderMetric(recorder, metric).record(3, FACTS);
    expect(recorder.metrics[0]?.records).toEqual([{ value: 3, labels }]);
  });

  it('leaves out labels that are not known', () => {
    const recorder = new TestMetrics();
    new ProviderMetric(recorder, COUNTER).record(1, { endpoint: 'models', model: undefined });
    expect(recorder.metrics[0]?.records).toEqual([{ value: 1, labels: { endpoint: 'models' } }]);
  });

  it('gives each record labels of its own', () => {
    const add = vi.fn<(value: number, labels?: object) => void>();
    const recorder: MetricsRecorder = { ...noopMetrics, counter: () => ({ add }) };
    const metric = new ProviderMetric(recorder, COUNTER);
    metric.record(1, FACTS);
    metric.record(1, FACTS);
    expect(add.mock.calls[0]?.[1]).not.toBe(add.mock.calls[1]?.[1]);
  });

  it.each([COUNTER, GAUGE, HISTOGRAM])('knows that nobody takes it: $kind', (metric) => {
    const silent = new ProviderMetric(noopMetrics, metric);
    expect(silent.isRecorded).toBe(false);
    expect(() => silent.record(1, FACTS)).not.toThrow();
  });

  it('is nothing where the provider does not have it', () => {
    const recorder = new TestMetrics();
    const missing = new ProviderMetric(recorder, undefined);
    missing.record(1, FACTS);
    expect(missing.isRecorded).toBe(false);
    expect(recorder.metrics).toEqual([]);
  });
});

describe('declareMetrics', () => {
  const TABLE = [COUNTER, GAUGE, HISTOGRAM];

  it('declares a table once for all who have it and the recorder', () => {
    const recorder = new TestMetrics();
    const counter = vi.spyOn(recorder, 'counter');
    const table = declareMetrics(recorder, TABLE);
    expect(declareMetrics(recorder, TABLE)).toBe(table);
    expect(counter).toHaveBeenCalledOnce();
    expect([...table.keys()]).toEqual(TABLE.map(({ name }) => name));
    table.get(GAUGE.name)?.record(2, FACTS);
    expect(recorder.value(GAUGE.name)).toBe(2);
  });

  it('declares it again with another recorder, and another table with the same', () => {
    const recorder = new TestMetrics();
    const other = new TestMetrics();
    const table = declareMetrics(recorder, TABLE);
    declareMetrics(other, TABLE).get(COUNTER.name)?.record(1, FACTS);
    expect(other.value(COUNTER.name)).toBe(1);
    expect(recorder.value(COUNTER.name)).toBeUndefined();
    expect(declareMetrics(recorder, [COUNTER])).not.toBe(table);
  });

  it('throws each time for a name that is taken', () => {
    const recorder = new TestMetrics();
    recorder.gauge(COUNTER.name);
    expect(() => declareMetrics(recorder, TABLE)).toThrow(TypeError);
    expect(() => declareMetrics(recorder, TABLE)).toThrow(TypeError);
  });
});
