import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeWindow } from './time-window.ts';

const calls = fc.array(
  fc.record({
    after: fc.oneof(fc.nat(50), fc.constant(100_000)),
    failed: fc.boolean(),
    slow: fc.boolean(),
    isSaved: fc.boolean(),
  }),
  { maxLength: 40, size: 'max' },
);

describe('TimeWindow', () => {
  it('holds the calls of its time as a naive list does, saved and restored or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(1000),
        calls,
        (buckets, bucketMs, start, all) => {
          const create = (at: number): TimeWindow =>
            new TimeWindow(buckets * bucketMs, buckets, at);
          let window = create(start);
          let now = start;
          const seen: { bucket: number; failed: boolean; slow: boolean }[] = [];
          for (const { after, failed, slow, isSaved } of all) {
            now += after;
            window.record(failed, slow, now);
            const bucket = Math.floor((now - start) / bucketMs);
            seen.push({ bucket, failed, slow });
            if (isSaved) {
              const saved = window.save(now);
              window = create(0);
              window.load(saved, now, 0);
            }
            const last = seen.filter((call) => call.bucket > bucket - buckets);
            expect([window.calls, window.failures, window.slowCalls]).toEqual([
              last.length,
              last.filter((call) => call.failed).length,
              last.filter((call) => call.slow).length,
            ]);
          }
        },
      ),
    );
  });

  it('has forgotten failures of an hour ago', () => {
    const window = new TimeWindow(10_000, 10, 0);
    for (let at = 0; at < 10_000; at += 1000) window.record(true, false, at);
    expect(window.failures).toBe(10);
    window.record(true, false, 3_600_000);
    expect([window.calls, window.failures]).toEqual([1, 1]);
  });

  it('forgets a call after at most its time and at least a bucket less', () => {
    for (const at of [0, 999]) {
      const window = new TimeWindow(10_000, 10, 0);
      window.record(true, false, at);
      window.advance(at + 9000);
      expect(window.failures).toBe(1);
      window.advance(at + 10_000);
      expect(window.failures).toBe(0);
    }
  });

  it('takes the time away off what was saved', () => {
    const window = new TimeWindow(100, 10, 0);
    window.record(true, true, 5);
    const saved = window.save(25);
    const restored = new TimeWindow(100, 10, 7000);
    restored.load(saved, 7000, 74);
    expect([restored.calls, restored.failures, restored.slowCalls]).toEqual([1, 1, 1]);
    restored.advance(7001);
    expect([restored.calls, restored.failures, restored.slowCalls]).toEqual([0, 0, 0]);
  });

  it('begins empty where a window of another shape was saved', () => {
    const saved = new TimeWindow(100, 10, 0).save(0);
    for (const [duration, buckets] of [
      [200, 10],
      [100, 5],
    ] as const) {
      const window = new TimeWindow(duration, buckets, 0);
      window.record(true, false, 0);
      window.load(saved, 0, 0);
      expect(window.calls).toBe(0);
    }
  });

  it('stays where it is should time go backwards', () => {
    const window = new TimeWindow(100, 10, 1000);
    window.record(true, false, 900);
    expect(window.failures).toBe(1);
  });
});
