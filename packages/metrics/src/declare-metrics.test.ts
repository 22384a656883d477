import { metricDefinitions, METRICS_PROVIDERS } from '@integrations/semantic-conventions';
import { TestMetrics } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './create-metrics.ts';
import { declareMetrics } from './declare-metrics.ts';

describe('declareMetrics', () => {
  it('declares every metric with its kind, help, labels and buckets', () => {
    const recorder = new TestMetrics();
    declareMetrics(recorder, metricDefinitions('mistral'));
    expect(recorder.metrics).toHaveLength(metricDefinitions('mistral').length);
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
