import { describeMetricsContract, TestMetrics } from '@integrations/testing';
import type { MetricsRecorder } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { combineMetrics } from './combine-metrics.ts';
import { createMetrics } from './create-metrics.ts';

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
    expect(() => combineMetrics().counter('calls_total').add(1)).not.toThrow();
  });
});
