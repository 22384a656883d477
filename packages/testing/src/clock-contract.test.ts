import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@integrations/types';
import { systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { describeClockContract } from './clock-contract.ts';
import type { ContractClock } from './contract-clock.ts';
import { brokenPromises } from './contract-run.test.support.ts';
import { ManualClock } from './manual-clock.ts';

describeClockContract({ describe, it, name: 'ManualClock', create: () => new ManualClock() });

const advance = (ms: number): Promise<void> => wait(ms);

/** A clock of the platform's timers, with something wrong about it. */
function realClock(change: Partial<Clock>): ContractClock {
  return { ...systemClock, ...change, advance };
}

/** A manual clock with something wrong about it. */
function manualClock(change: (clock: ManualClock) => Partial<Clock>): ContractClock {
  const clock = new ManualClock();
  return {
    now: () => clock.now(),
    epoch: () => clock.epoch(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    schedule: (callback, ms) => clock.schedule(callback, ms),
    advance: (ms) => clock.advance(ms),
    ...change(clock),
  };
}

const FAULTS: Readonly<Record<string, [promise: string, create: () => ContractClock]>> = {
  'goes back': [
    'now() counts milliseconds and never goes back',
    () => manualClock((clock) => ({ now: () => -clock.now() })),
  ],
  'counts seconds': [
    'now() counts milliseconds and never goes back',
    () => manualClock((clock) => ({ now: () => clock.now() / 1000 })),
  ],
  'has a date in seconds': [
    'epoch() counts milliseconds',
    () => manualClock((clock) => ({ epoch: () => clock.epoch() / 1000 })),
  ],
  'ends a sleep early': [
    'sleep() resolves after its milliseconds and not before, and leaves no listener',
    () => manualClock(() => ({ sleep: () => Promise.resolve() })),
  ],
  'leaves a listener': [
    'sleep() resolves after its milliseconds and not before, and leaves no listener',
    () =>
      manualClock((clock) => ({
        sleep: (ms, signal) => {
          signal?.addEventListener('abort', () => undefined);
          return clock.sleep(ms, signal);
        },
      })),
  ],
  'ignores an abort': [
    'sleep() rejects at once with the reason of a signal that becomes aborted',
    () => manualClock((clock) => ({ sleep: (ms) => clock.sleep(ms) })),
  ],
  'wraps the reason': [
    'sleep() rejects at once with the reason of a signal that becomes aborted',
    () =>
      manualClock((clock) => ({
        sleep: (ms, signal) =>
          clock.sleep(ms, signal).catch((reason: unknown) => {
            throw new Error('aborted', { cause: reason });
          }),
      })),
  ],
  'begins a sleep though aborted': [
    'sleep() rejects at once with the reason of a signal that is aborted already',
    () =>
      manualClock((clock) => ({
        sleep: (ms, signal) => clock.sleep(ms, signal?.aborted === true ? undefined : signal),
      })),
  ],
  'has sleeps of 31 bits': [
    'a sleep that is longer than the platform allows its timers does not end at once',
    () =>
      realClock({
        sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
      }),
  ],
  'has callbacks of 31 bits': [
    'a delay that is longer than the platform allows its timers does not fire at once',
    () =>
      realClock({
        schedule: (callback, ms) => {
          const timer = setTimeout(callback, ms).unref();
          return { [Symbol.dispose]: () => clearTimeout(timer) };
        },
      }),
  ],
  'sleeps for NaN': [
    'sleep() throws a RangeError for NaN',
    () => manualClock((clock) => ({ sleep: (ms) => clock.sleep(Number.isNaN(ms) ? 0 : ms) })),
  ],
  'schedules for NaN': [
    'schedule() throws a RangeError for NaN',
    () =>
      manualClock((clock) => ({
        schedule: (callback, ms) => clock.schedule(callback, Number.isNaN(ms) ? 0 : ms),
      })),
  ],
  'calls again and again': [
    'schedule() calls once, after its milliseconds and not before',
    () =>
      manualClock((clock) => ({
        schedule: (callback, ms) => {
          clock.schedule(callback, ms);
          return clock.schedule(callback, 2 * ms);
        },
      })),
  ],
  'calls what was disposed': [
    'schedule() does not call what was disposed before its time',
    () =>
      manualClock((clock) => ({
        schedule: (callback, ms) => {
          clock.schedule(callback, ms);
          return { [Symbol.dispose]: () => undefined };
        },
      })),
  ],
  'holds the process open with a callback': [
    'schedule() never holds the process open',
    () =>
      realClock({
        schedule: (callback, ms) => {
          const timer = setTimeout(callback, ms);
          return { [Symbol.dispose]: () => clearTimeout(timer) };
        },
      }),
  ],
  'lets the process exit in a sleep': [
    'a sleep holds the process open, and no longer once it is aborted',
    () =>
      realClock({
        sleep: (ms, signal) =>
          wait(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }),
      }),
  ],
};

describe('describeClockContract', () => {
  it.each(Object.entries(FAULTS))('fails a clock that %s', async (_fault, [promise, create]) => {
    const broken = await brokenPromises((framework) =>
      describeClockContract({ ...framework, isReal: true, create }),
    );
    expect(broken).toContain(promise);
  });
});
