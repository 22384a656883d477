import { describe, expect, it } from 'vitest';
import { noopMetrics } from './metrics.ts';

describe('noopMetrics', () => {
  it('takes every value of every metric', () => {
    const labels = { model: 'large' };
    const counter = noopMetrics.counter('calls', { help: 'Calls.', labelNames: ['model'] });
    expect(counter.add(1, labels)).toBeUndefined();
    expect(noopMetrics.histogram('s', { buckets: [1] }).observe(0.5, labels)).toBeUndefined();
    expect(noopMetrics.gauge('in_flight').set(-1)).toBeUndefined();
  });

  it('gives one metric for every name, by which it can be known', () => {
    expect(noopMetrics.counter('calls')).toBe(noopMetrics.counter('tokens'));
    expect(noopMetrics.histogram('s')).toBe(noopMetrics.histogram('bytes'));
    expect(noopMetrics.gauge('g')).toBe(noopMetrics.gauge('in_flight'));
  });
});
