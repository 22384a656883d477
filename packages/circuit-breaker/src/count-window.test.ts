import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountWindow } from './count-window.ts';

const calls = fc.array(fc.record({ failed: fc.boolean(), slow: fc.boolean() }), {
  maxLength: 60,
  size: 'max',
});

describe('CountWindow', () => {
  it('holds the last calls as a naive list does, saved and restored or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), calls, fc.nat(60), (size, all, saveAt) => {
        let window = new CountWindow(size);
        for (const [index, { failed, slow }] of all.entries()) {
          window.record(failed, slow);
          if (index === saveAt) {
            const saved = window.save();
            window = new CountWindow(size);
            window.load(saved);
          }
          const last = all.slice(0, index + 1).slice(-size);
          expect([window.calls, window.failures, window.slowCalls]).toEqual([
            last.length,
            last.filter((call) => call.failed).length,
            last.filter((call) => call.slow).length,
          ]);
        }
      }),
    );
  });

  it('forgets everything when cleared', () => {
    const window = new CountWindow(2);
    for (let count = 0; count < 3; count += 1) window.record(true, true);
    window.clear();
    expect([window.calls, window.failures, window.slowCalls]).toEqual([0, 0, 0]);
    window.record(false, false);
    expect(window.save()).toEqual({ type: 'count', size: 2, outcomes: [0] });
  });

  it('begins empty where a window of another size was saved', () => {
    const window = new CountWindow(2);
    window.record(true, false);
    window.load({ type: 'count', size: 3, outcomes: [1, 1, 1] });
    expect(window.calls).toBe(0);
  });
});
