import { describe, expect, it } from 'vitest';
import { measure } from './measure.ts';

const tiny = { warmupMs: 0, rounds: 4, batchMs: 0 };

describe('measure', () => {
  it('lets subject and floor take turns, each first in every other round', async () => {
    const calls: string[] = [];
    await measure(
      { call: async () => calls.push('s') },
      { call: async () => calls.push('f') },
      tiny,
    );
    // The warm-up, then four rounds.
    expect(calls.join('')).toBe(['fs', 'sf', 'fs', 'sf', 'fs'].join(''));
  });

  it('measures work that is not awaited', async () => {
    let calls = 0;
    const measurement = await measure(
      { callSync: () => (calls += 1) },
      { call: async () => 1 },
      { warmupMs: 1, rounds: 3, batchMs: 1 },
    );
    expect(calls).toBeGreaterThan(4);
    for (const cost of [measurement.subject, measurement.floor]) {
      expect(cost.wallNs).toBeGreaterThan(0);
      expect(cost.cpuNs).toBeGreaterThanOrEqual(0);
    }
    expect(measurement.ratio.wall).toBeGreaterThan(0);
  });

  it('counts what a call puts off to the next turn of the event loop', async () => {
    let putOff = 0;
    let done = 0;
    const call = async () => {
      putOff += 1;
      setImmediate(() => (done += 1));
    };
    await measure({ call }, { call: async () => expect(done).toBe(putOff) }, tiny);
    expect(putOff).toBe(5);
  });

  it('fails when the work fails, and not with a number', async () => {
    const failing = {
      call: async () => {
        throw new Error('refused');
      },
    };
    const fine = { call: async () => 1 };
    await expect(measure(failing, fine, tiny)).rejects.toThrow('refused');
    await expect(measure(fine, failing, tiny)).rejects.toThrow('refused');
  });
});
