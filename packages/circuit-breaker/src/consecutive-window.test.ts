import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsecutiveWindow } from './consecutive-window.ts';

describe('ConsecutiveWindow', () => {
  it('holds the failures since the last success', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (failed) => {
        const window = new ConsecutiveWindow();
        for (const one of failed) window.record(one);
        const expected = failed.length - 1 - failed.lastIndexOf(false);
        expect([window.calls, window.failures, window.slowCalls]).toEqual([expected, expected, 0]);
        const restored = new ConsecutiveWindow();
        restored.load(window.save());
        expect(restored.failures).toBe(expected);
        window.clear();
        expect(window.failures).toBe(0);
      }),
    );
  });

  it('begins empty where another kind of window was saved', () => {
    const window = new ConsecutiveWindow();
    window.record(true);
    window.load({ type: 'count', size: 1, outcomes: [1] });
    expect(window.failures).toBe(0);
  });
});
