import { describe, expect, it } from 'vitest';
import { TestMetrics } from './test-metrics.ts';

describe('TestMetrics', () => {
  it('sums a counter over the labels that match', () => {
    const metrics = new TestMetrics();
    const calls = metrics.counter('calls_total', { labelNames: ['model', 'outcome'] });
    calls.add(1, { model: 'large', outcome: 'ok' });
    calls.add(2, { model: 'small', outcome: 'ok' });
    calls.add(4, { model: 'small', outcome: 'error' });
    expect(metrics.value('calls_total')).toBe(7);
    expect(metrics.value('calls_total', { model: 'small' })).toBe(6);
    expect(metrics.value('calls_total', { model: 'small', outcome: 'ok' })).toBe(2);
    expect(metrics.value('calls_total', { model: 'tiny' })).toBeUndefined();
    expect(metrics.value('calls')).toBeUndefined();
  });

  it('gives the last value of a gauge and the count of a histogram', () => {
    const metrics = new TestMetrics();
    const gauge = metrics.gauge('in_flight');
    gauge.set(3);
    gauge.set(-1);
    const histogram = metrics.histogram('seconds', { buckets: [1, 2] });
    histogram.observe(0.5, { model: 'large' });
    histogram.observe(7, { model: 'small' });
    expect(metrics.value('in_flight')).toBe(-1);
    expect(metrics.values('in_flight')).toEqual([3, -1]);
    expect(metrics.value('seconds')).toBe(2);
    expect(metrics.values('seconds')).toEqual([0.5, 7]);
    expect(metrics.values('seconds', { model: 'small' })).toEqual([7]);
    expect(metrics.values('unknown')).toEqual([]);
  });

  it('gives one metric for one name, as it was declared first', () => {
    const metrics = new TestMetrics();
    metrics.counter('calls_total', { help: 'Calls.' }).add(1);
    metrics.counter('calls_total').add(1);
    expect(metrics.metrics).toMatchObject([
      { name: 'calls_total', kind: 'counter', options: { help: 'Calls.' }, records: [{}, {}] },
    ]);
  });

  it('refuses one name for two kinds', () => {
    const metrics = new TestMetrics();
    metrics.counter('calls');
    expect(() => metrics.gauge('calls')).toThrow("calls is a counter already and can't be a gauge");
    expect(() => metrics.histogram('calls')).toThrow(TypeError);
  });

  it('refuses a shrinking counter, NaN and a label that was not declared', () => {
    const metrics = new TestMetrics();
    const calls = metrics.counter('calls', { labelNames: ['model'] });
    expect(() => calls.add(-1)).toThrow('counter calls only grows; -1 was added');
    expect(() => metrics.gauge('g').set(Number.NaN)).toThrow('gauge g was given NaN');
    expect(() => metrics.histogram('h').observe(Number.NaN)).toThrow('histogram h was given NaN');
    expect(() => calls.add(1, { user: 'x' })).toThrow('without the label user');
    expect(metrics.value('calls')).toBeUndefined();
  });

  it('forgets on request, and those who hold a metric keep recording', () => {
    const metrics = new TestMetrics();
    const calls = metrics.counter('calls');
    calls.add(5);
    metrics.clear();
    calls.add(1);
    expect(metrics.value('calls')).toBe(1);
  });
});
