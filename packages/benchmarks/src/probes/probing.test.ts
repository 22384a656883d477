import { describe, expect, it } from 'vitest';
import { liveBytes, peakAdded } from './memory.ts';
import { probeOf } from './probes.ts';
import { probingCalls, probingClients } from './probing.ts';

describe('a probe', () => {
  it('makes its calls in a process of its own, and tells its figures', async () => {
    const probe = await probingCalls('memory', { name: 'openai, bare', count: 0, inFlight: 20 });
    try {
      expect(await probe.call()).toEqual({
        peak: expect.any(Number),
        live: expect.any(Number),
        wall: expect.any(Number),
      });
    } finally {
      await probe.dispose?.();
    }
  });

  it('that fails says whose it is, and why', async () => {
    const probe = await probingClients('no such client', 1);
    await expect(probe.call()).rejects.toThrow(
      'no such client: the process ended without a result (RangeError: There is no client no such client.).',
    );
  });

  it('has to be known', () => {
    expect(() => probeOf('toString')).toThrow('There is no probe toString.');
  });
});

describe('the memory of a process', () => {
  it('cannot be told without its garbage collector', async () => {
    expect(() => liveBytes()).toThrow('The process needs --expose-gc.');
    await expect(peakAdded(async () => undefined)).rejects.toThrow('--expose-gc');
  });
});
