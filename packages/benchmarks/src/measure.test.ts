import { describe, expect, it, vi } from 'vitest';
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

  it('warms up with as many calls as are asked for', async () => {
    let calls = 0;
    const subject = { call: async () => (calls += 1) };
    await measure(subject, { call: async () => 1 }, { ...tiny, rounds: 1 }, { warmupCalls: 50 });
    expect(calls).toBeGreaterThanOrEqual(50);
    expect(calls).toBeLessThan(100);
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
    expect(added.cpuNs).toBe(subject.cpuNs - floor.cpuNs);
    expect(added.wallNs).toBe(subject.wallNs - floor.wallNs);
  });

  it('tells the time of a part of a call', async () => {
    let nowMs = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    try {
      const taking = (ms: number) => ({ call: async () => (nowMs += ms) });
      const { subject, floor, added } = await measure(taking(3), taking(1), tiny, {
        partsPerCall: 100,
      });
      expect([subject.wallNs, floor.wallNs, added.wallNs]).toEqual([3e4, 1e4, 2e4]);
    } finally {
      now.mockRestore();
    }
  });

  it('takes the word of work that reports its cost, one call a turn', async () => {
    const calls: string[] = [];
    const reporting = (name: string, ns: number) => ({
      call: async () => {
        calls.push(name);
        return { cpuNs: ns, wallNs: 10 * ns };
      },
    });
    const measurement = await measure(
      reporting('s', 6),
      reporting('f', 2),
      { ...tiny, rounds: 2 },
      { reportsCost: true },
    );
    expect(calls.join('')).toBe('sffs');
    expect(measurement).toEqual({
      subject: { cpuNs: 6, wallNs: 60 },
      floor: { cpuNs: 2, wallNs: 20 },
      added: { cpuNs: 4, wallNs: 40 },
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
