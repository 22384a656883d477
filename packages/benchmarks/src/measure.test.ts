import { describe, expect, it, vi } from 'vitest';
import { measure } from './measure.ts';
import { quickPlan } from './plan.ts';

const tiny = { ...quickPlan, warmupMs: 0, warmupPart: 1, rounds: 4, batchMs: 0 };

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
      { ...tiny, warmupMs: 1, rounds: 3, batchMs: 1 },
    );
    expect(calls).toBeGreaterThan(4);
    for (const cost of [measurement.subject, measurement.floor]) {
      expect(cost.wall).toBeGreaterThan(0);
      expect(cost.cpu).toBeGreaterThanOrEqual(0);
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

  it('warms up with as many calls as are asked for', async () => {
    let calls = 0;
    const subject = { call: async () => (calls += 1) };
    await measure(subject, { call: async () => 1 }, { ...tiny, rounds: 1 }, { warmupCalls: 50 });
    expect(calls).toBeGreaterThanOrEqual(50);
    expect(calls).toBeLessThan(100);
  });

  it('warms up with a part of them where the plan says so', async () => {
    let calls = 0;
    const subject = { call: async () => (calls += 1) };
    const plan = { ...tiny, warmupPart: 0.1, rounds: 1 };
    await measure(subject, { call: async () => 1 }, plan, { warmupCalls: 50 });
    expect(calls).toBeGreaterThanOrEqual(5);
    expect(calls).toBeLessThan(20);
  });

  it('tells figures of any kind, and only those that there are', async () => {
    const reporting = (figures: object) => ({ call: async () => figures });
    const { subject, ratio } = await measure(
      reporting({ bytes: 6 }),
      reporting({ bytes: 2, more: 1 }),
      tiny,
      { reportsFigures: true },
    );
    expect([subject, ratio]).toEqual([{ bytes: 6 }, { bytes: 3 }]);
  });

  it('tells what the subject adds to the floor', async () => {
    const work = { call: async () => 1 };
    const { subject, floor, added } = await measure(
      work,
      { call: async () => 1 },
      {
        ...tiny,
        rounds: 1,
      },
    );
    expect(added['cpu']).toBe((subject['cpu'] ?? NaN) - (floor['cpu'] ?? NaN));
    expect(added['wall']).toBe((subject['wall'] ?? NaN) - (floor['wall'] ?? NaN));
  });

  it('tells the time of a part of a call', async () => {
    let nowMs = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    try {
      const taking = (ms: number) => ({ call: async () => (nowMs += ms) });
      const { subject, floor, added } = await measure(taking(3), taking(1), tiny, {
        partsPerCall: 100,
      });
      expect([subject['wall'], floor['wall'], added['wall']]).toEqual([3e4, 1e4, 2e4]);
    } finally {
      now.mockRestore();
    }
  });

  it('takes the word of work that reports its figures, one call a turn', async () => {
    const calls: string[] = [];
    const reporting = (name: string, ns: number) => ({
      call: async () => {
        calls.push(name);
        return { cpu: ns, wall: 10 * ns };
      },
    });
    const measurement = await measure(
      reporting('s', 6),
      reporting('f', 2),
      { ...tiny, rounds: 2 },
      { reportsFigures: true },
    );
    expect(calls.join('')).toBe('sffs');
    expect(measurement).toEqual({
      subject: { cpu: 6, wall: 60 },
      floor: { cpu: 2, wall: 20 },
      added: { cpu: 4, wall: 40 },
      ratio: { cpu: 3, wall: 3 },
    });
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
