import { describeMetricsContract, TestMetrics } from '@integrations/testing';
import { type MetricsRecorder, noopMetrics } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { combineMetrics } from './combine-metrics.ts';
import { createMetrics } from './create-metrics.ts';
import { createOtelExport } from './otel-export.test.support.ts';
import { createOtelMetrics } from './otel-metrics.ts';

describeMetricsContract({
  describe,
  it,
  name: 'combineMetrics',
  create: () => {
    const [one, other] = [new TestMetrics(), new TestMetrics()];
    return {
      metrics: combineMetrics(one, other),
      read: (name, labels) => {
        const values = new Set([one.value(name, labels), other.value(name, labels)]);
        if (values.size > 1) throw new Error(`${name} differs: ${[...values].join()}`);
        return one.value(name, labels);
      },
    };
  },
});

describe('combineMetrics', () => {
  it('records with the others when one throws, then throws that error', () => {
    const error = new Error('full');
    const broken: MetricsRecorder = {
      counter: () => ({
        add: () => {
          throw error;
        },
      }),
      histogram: () => ({ observe: () => {} }),
      gauge: () => ({ set: () => {} }),
    };
    const working = new TestMetrics();
    const counter = combineMetrics(broken, working).counter('calls_total');
    expect(() => counter.add(1)).toThrow(error);
    expect(working.value('calls_total')).toBe(1);
  });

  it('declares with every recorder, or throws', () => {
    const metrics = createMetrics();
    metrics.gauge('calls_total');
    expect(() => combineMetrics(new TestMetrics(), metrics).counter('calls_total')).toThrow(
      /calls_total/,
    );
  });

  it('of none records nothing', () => {
    expect(combineMetrics().counter('calls_total')).toBe(noopMetrics.counter('calls_total'));
  });

  it('gives the instrument of the only recorder that records', () => {
    const target = new TestMetrics();
    const gauge = target.gauge('calls');
    const one: MetricsRecorder = { ...noopMetrics, gauge: () => gauge };
    expect(combineMetrics(noopMetrics, one, createMetrics()).gauge('gen_ai.calls')).toBe(gauge);
  });

  it('gives the no-op where no recorder records', () => {
    const metrics = combineMetrics(noopMetrics, createMetrics(), noopMetrics);
    const name = 'gen_ai.client.token.usage';
    expect(metrics.counter(name)).toBe(noopMetrics.counter(name));
    expect(metrics.histogram(name)).toBe(noopMetrics.histogram(name));
    expect(metrics.gauge(name)).toBe(noopMetrics.gauge(name));
  });

  it('records each family where it belongs', async () => {
    const [prometheus, exported] = [createMetrics(), createOtelExport()];
    const metrics = combineMetrics(prometheus, createOtelMetrics({ meter: exported.meter }));
    metrics.counter('openai_requests_total').add(1);
    metrics.histogram('gen_ai.client.operation.duration').observe(1);
    expect(await exported.names()).toEqual([
      'openai_requests_total',
      'gen_ai.client.operation.duration',
    ]);
    const text = await prometheus.metrics();
    expect(text).toContain('openai_requests_total 1');
    expect(text).not.toContain('gen_ai');
    await exported.close();
  });
});
