import { equal, ok, throws } from 'node:assert/strict';
import { abortedAlready, assertNoListener, prepareAbort } from './abort-checks.ts';
import {
  type ContractCase,
  type ContractOptions,
  describeContract,
  withSubject,
} from './contract.ts';
import type { ContractClock } from './contract-clock.ts';
import { watch } from './watched.ts';

/** Options of `describeClockContract`. `create` gives the clock and how to let its time pass. */
export interface ClockContractOptions extends ContractOptions<void, ContractClock> {
  /**
   * Whether the clock goes by itself, so that its timers are the platform's: then the
   * suite also checks which of them hold the process open. @default false
   */
  readonly isReal?: boolean;
}

/** Long enough to tell before from after, short enough for a clock of real time. */
const STEP_MS = 30;
/** Real timers may come a little before their time, as it is rounded. */
const ROUNDING_MS = 2;
/** What a platform's timers can't take: given to one, it fires at once. */
const BEYOND_TIMERS_MS = 2 ** 31;

type ClockCase = ContractCase<ContractClock>;

function timersHoldingProcess(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

const readingCases: readonly ClockCase[] = [
  {
    promise: 'now() counts milliseconds and never goes back',
    check: async (clock) => {
      const readings = [clock.now(), clock.now()];
      await clock.advance(STEP_MS);
      readings.push(clock.now(), clock.now());
      const sorted = readings.toSorted((a, b) => a - b);
      equal(readings.join(), sorted.join(), `now() gave ${readings.join(', ')}`);
      const passed = (readings[2] ?? 0) - (readings[1] ?? 0);
      ok(passed >= STEP_MS - ROUNDING_MS, `now() moved by ${passed} in ${STEP_MS} ms`);
    },
  },
  {
    promise: 'epoch() counts milliseconds',
    check: async (clock) => {
      const before = clock.epoch();
      await clock.advance(STEP_MS);
      const passed = clock.epoch() - before;
      ok(passed >= STEP_MS / 2, `epoch() moved by ${passed} in ${STEP_MS} ms`);
    },
  },
];

const sleepCases: readonly ClockCase[] = [
  {
    promise: 'sleep() resolves after its milliseconds and not before, and leaves no listener',
    check: async (clock) => {
      const { signal } = prepareAbort();
      const before = clock.now();
      const sleeping = clock.sleep(STEP_MS, signal);
      const watched = watch(() => sleeping);
      await watched.mustWait(`sleep(${STEP_MS}) should not resolve at once`);
      await clock.advance(STEP_MS + ROUNDING_MS);
      await sleeping;
      const passed = clock.now() - before;
      ok(passed >= STEP_MS - ROUNDING_MS, `sleep(${STEP_MS}) resolved after ${passed} ms`);
      assertNoListener(signal, 'after the sleep');
    },
  },
  {
    promise: 'sleep() rejects at once with the reason of a signal that becomes aborted',
    check: async (clock) => {
      for (const reason of [prepareAbort().reason, 'no error at all', { any: 'value' }]) {
        const controller = new AbortController();
        const sleeping = watch(() => clock.sleep(10 * 60_000, controller.signal));
        await sleeping.mustWait('sleep() should wait until it is aborted');
        controller.abort(reason);
        const thrown = await sleeping.reason('an abort should end the sleep at once');
        ok(thrown === reason, `it threw ${String(thrown)}, not the signal's reason`);
        assertNoListener(controller.signal, 'after the abort');
      }
    },
  },
  {
    promise: 'sleep() rejects at once with the reason of a signal that is aborted already',
    check: async (clock) => {
      const { signal, reason } = abortedAlready();
      const sleeping = watch(() => clock.sleep(10 * 60_000, signal));
      const thrown = await sleeping.reason('sleep() should not begin under an aborted signal');
      ok(thrown === reason, `it threw ${String(thrown)}, not the signal's reason`);
      assertNoListener(signal, 'after the refusal');
    },
  },
  {
    promise: 'a sleep that is longer than the platform allows its timers does not end at once',
    check: async (clock) => {
      for (const ms of [BEYOND_TIMERS_MS, Number.POSITIVE_INFINITY]) {
        const { signal, abort } = prepareAbort();
        const sleeping = watch(() => clock.sleep(ms, signal));
        await clock.advance(STEP_MS);
        await sleeping.mustWait(`sleep(${ms}) should go on`);
        abort();
        await sleeping.reason('an abort should end the sleep');
      }
    },
  },
  {
    promise: 'sleep() throws a RangeError for NaN',
    check: async (clock) => {
      const error = await watch(() => clock.sleep(Number.NaN)).reason('sleep(NaN) should throw');
      ok(error instanceof RangeError, `sleep(NaN) threw ${String(error)}`);
    },
  },
];

const scheduleCases: readonly ClockCase[] = [
  {
    promise: 'schedule() calls once, after its milliseconds and not before',
    check: async (clock) => {
      const before = clock.now();
      const calls: number[] = [];
      clock.schedule(() => calls.push(clock.now() - before), STEP_MS);
      equal(calls.length, 0, 'the callback was called at once');
      await clock.advance(3 * STEP_MS);
      equal(calls.length, 1, `the callback was called ${calls.length} times`);
      const passed = calls[0] ?? 0;
      ok(passed >= STEP_MS - ROUNDING_MS, `the callback was called after ${passed} ms`);
    },
  },
  {
    promise: 'schedule() does not call what was disposed before its time',
    check: async (clock) => {
      let calls = 0;
      const scheduled = clock.schedule(() => {
        calls += 1;
      }, STEP_MS);
      scheduled[Symbol.dispose]();
      await clock.advance(3 * STEP_MS);
      equal(calls, 0, 'a disposed callback was called');
    },
  },
  {
    promise: 'a delay that is longer than the platform allows its timers does not fire at once',
    check: async (clock) => {
      for (const ms of [BEYOND_TIMERS_MS, Number.POSITIVE_INFINITY]) {
        let calls = 0;
        const scheduled = clock.schedule(() => {
          calls += 1;
        }, ms);
        await clock.advance(STEP_MS);
        scheduled[Symbol.dispose]();
        equal(calls, 0, `schedule(callback, ${ms}) called at once`);
      }
    },
  },
  {
    promise: 'schedule() throws a RangeError for NaN',
    check: (clock) => {
      throws(() => clock.schedule(() => undefined, Number.NaN), RangeError);
    },
  },
  {
    promise: 'schedule() never holds the process open',
    check: (clock) => {
      const before = timersHoldingProcess();
      const scheduled = clock.schedule(() => undefined, 60_000);
      const after = timersHoldingProcess();
      scheduled[Symbol.dispose]();
      equal(after, before, 'a scheduled callback holds the process open');
    },
  },
];

const realCases: readonly ClockCase[] = [
  {
    promise: 'a sleep holds the process open, and no longer once it is aborted',
    check: async (clock) => {
      const { signal, abort } = prepareAbort();
      const before = timersHoldingProcess();
      const sleeping = watch(() => clock.sleep(60_000, signal));
      const during = timersHoldingProcess();
      abort();
      const after = timersHoldingProcess();
      await sleeping.reason('an abort should end the sleep');
      equal(during, before + 1, 'the process could exit in the middle of a sleep');
      equal(after, before, 'an aborted sleep still holds the process open');
    },
  },
];

/** Checks what `Clock` promises: readings, sleeps that an abort ends, callbacks that can be disposed. */
export function describeClockContract(options: ClockContractOptions): void {
  const always = [...readingCases, ...sleepCases, ...scheduleCases];
  describeContract(options, {
    interfaceName: 'Clock',
    cases: options.isReal === true ? [...always, ...realCases] : always,
    attempt: (check) => withSubject(options, undefined, check),
  });
}
