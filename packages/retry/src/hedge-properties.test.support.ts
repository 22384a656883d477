import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { isIntegrationError, ServerError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type { AttemptContext, Clock } from '@integrations/types';
import * as fc from 'fast-check';
import { attemptsOf } from './failed-attempt.ts';
import type { HedgeOptions } from './hedge.ts';
import { RetryBudget } from './retry-budget.ts';

/** What `hedge` is for the properties. */
export type HedgeFunction = (
  operation: (attempt: AttemptContext) => Promise<string>,
  options: HedgeOptions & { readonly clock: Clock; readonly budget: RetryBudget },
) => Promise<string>;

interface HedgeStep {
  readonly durationMs: number;
  readonly succeeds: boolean;
  readonly heedsSignal: boolean;
  readonly throwsAtOnce: boolean;
}

interface HedgeScenario {
  readonly steps: readonly HedgeStep[];
  readonly delayMs: number;
  readonly maxHedges: number;
  readonly capacity: number;
  readonly abortAtMs: number | undefined;
}

interface HedgeAttempt {
  readonly number: number;
  readonly startedAt: number;
  readonly signal: AbortSignal;
  endedAt: number | undefined;
  value: string | undefined;
  error: unknown;
}

interface HedgeTrace {
  readonly scenario: HedgeScenario;
  readonly attempts: readonly HedgeAttempt[];
  /** Those that had not ended when the race was over. */
  readonly losers: readonly HedgeAttempt[];
  readonly at: number;
  readonly value: string | undefined;
  readonly error: unknown;
  readonly reason: Error;
  readonly abortedAt: number | undefined;
  readonly available: number;
  readonly timers: number;
  readonly listeners: number;
}

const scenarioArbitrary: fc.Arbitrary<HedgeScenario> = fc.record({
  steps: fc.array(
    fc.record({
      durationMs: fc.nat(40),
      succeeds: fc.boolean(),
      heedsSignal: fc.boolean(),
      throwsAtOnce: fc.nat(9).map((die) => die === 0),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  delayMs: fc.integer({ min: 1, max: 12 }),
  maxHedges: fc.nat(3),
  capacity: fc.nat(60),
  abortAtMs: fc.option(fc.nat(50), { nil: undefined, freq: 2 }),
});

/** A clock that counts the timers which one user of it has left. */
function countTimers(clock: Clock): Clock & { readonly pending: number } {
  const live = new Set<object>();
  return {
    get pending() {
      return live.size;
    },
    now: () => clock.now(),
    epoch: () => clock.epoch(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    schedule: (callback, ms) => {
      const key = {};
      live.add(key);
      const timer = clock.schedule(() => {
        live.delete(key);
        callback();
      }, ms);
      return {
        [Symbol.dispose]: () => {
          live.delete(key);
          timer[Symbol.dispose]();
        },
      };
    },
  };
}

async function perform(clock: Clock, step: HedgeStep, attempt: HedgeAttempt): Promise<string> {
  try {
    await clock.sleep(step.durationMs, step.heedsSignal ? attempt.signal : undefined);
    if (!step.succeeds) throw new ServerError(`Attempt ${attempt.number} failed.`);
    attempt.value = `answer ${attempt.number}`;
    return attempt.value;
  } catch (error) {
    attempt.error = error;
    throw error;
  } finally {
    attempt.endedAt = clock.now();
  }
}

async function simulate(hedge: HedgeFunction, scenario: HedgeScenario): Promise<HedgeTrace> {
  const clock = new ManualClock();
  const counted = countTimers(clock);
  const budget = new RetryBudget({ capacity: scenario.capacity });
  const controller = new AbortController();
  const reason = new Error('Not needed any more.');
  let abortedAt: number | undefined;
  const { abortAtMs } = scenario;
  if (abortAtMs !== undefined) {
    clock.schedule(() => {
      abortedAt = clock.now();
      controller.abort(reason);
    }, abortAtMs);
  }

  const attempts: HedgeAttempt[] = [];
  const operation = ({ attempt: number, signal }: AttemptContext): Promise<string> => {
    ok(signal !== undefined, 'an attempt has no signal');
    const startedAt = clock.now();
    const attempt: HedgeAttempt = {
      number,
      startedAt,
      signal,
      endedAt: undefined,
      value: undefined,
      error: undefined,
    };
    const step = scenario.steps[attempts.length % scenario.steps.length] as HedgeStep;
    attempts.push(attempt);
    if (!step.throwsAtOnce) return perform(clock, step, attempt);
    attempt.endedAt = startedAt;
    attempt.error = new ServerError('Failed at once.');
    throw attempt.error;
  };

  let trace: Omit<HedgeTrace, 'available'> | undefined;
  const settle = (value: string | undefined, error: unknown): void => {
    trace = {
      scenario,
      attempts,
      losers: attempts.filter(({ endedAt }) => endedAt === undefined),
      at: clock.now(),
      value,
      error,
      reason,
      abortedAt,
      timers: counted.pending,
      listeners: getEventListeners(controller.signal, 'abort').length,
    };
  };
  hedge(operation, {
    delay: scenario.delayMs,
    maxHedges: scenario.maxHedges,
    budget,
    signal: controller.signal,
    clock: counted,
  }).then(
    (value) => settle(value, undefined),
    (error: unknown) => settle(undefined, error),
  );
  await clock.runAll();
  ok(trace !== undefined, 'the race never ends');
  // Late losers must not be paid for.
  return { ...trace, available: budget.available };
}

export type HedgeProperty = (
  hedge: HedgeFunction,
  parameters?: fc.Parameters<unknown>,
) => Promise<void>;

function overTraces(check: (trace: HedgeTrace) => void): HedgeProperty {
  return (hedge, parameters = {}) =>
    fc.assert(
      fc.asyncProperty(scenarioArbitrary, async (scenario) =>
        check(await simulate(hedge, scenario)),
      ),
      { numRuns: 300, ...parameters },
    );
}

function firstSuccess({ attempts }: HedgeTrace): HedgeAttempt | undefined {
  const answered = attempts.filter(({ value }) => value !== undefined);
  return answered.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))[0];
}

/** What every hedge must hold to, by name. */
export const hedgeProperties: Readonly<Record<string, HedgeProperty>> = {
  'resolves with the first success, when it comes': overTraces((trace) => {
    const winner = firstSuccess(trace);
    const abortedAt = trace.abortedAt ?? Number.POSITIVE_INFINITY;
    if (trace.value === undefined) {
      ok((winner?.endedAt ?? Infinity) >= Math.min(trace.at, abortedAt), 'a success was dropped');
      return;
    }
    strictEqual(trace.at, winner?.endedAt);
    const ties = trace.attempts.filter(({ endedAt }) => endedAt === trace.at);
    ok(
      ties.some(({ value }) => value === trace.value),
      'that was no attempt to end now',
    );
  }),

  'ends the losers with a typed error, and never the winner': overTraces((trace) => {
    if (trace.value === undefined) return;
    const winner = trace.attempts.find(({ value }) => value === trace.value);
    strictEqual(winner?.signal.aborted, false);
    for (const { signal } of trace.losers) {
      const reason: unknown = signal.reason;
      ok(signal.aborted, 'a loser goes on');
      ok(isIntegrationError(reason) && reason.code === 'aborted', 'the reason is not typed');
    }
  }),

  'starts one attempt each delay until one settles the race': overTraces((trace) => {
    const { scenario, attempts, at } = trace;
    ok(attempts.length <= 1 + scenario.maxHedges, 'too many attempts');
    for (const [index, { number, startedAt }] of attempts.entries()) {
      strictEqual(number, index + 1);
      strictEqual(startedAt, index * scenario.delayMs);
      ok(startedAt <= at, 'started after the race was over');
    }
    const payable = 1 + Math.min(scenario.maxHedges, Math.floor(scenario.capacity / 14));
    const due = Math.min(payable, Math.ceil(at / scenario.delayMs));
    ok(attempts.length >= due, 'an attempt was not started');
  }),

  'pays for its hedges, and gets back what won': overTraces((trace) => {
    const { scenario, attempts, available } = trace;
    const left = scenario.capacity - 14 * (attempts.length - 1);
    ok(left >= 0, 'more hedges than the budget pays');
    const won = trace.attempts.find(({ value }) => value !== undefined && value === trace.value);
    const refund = won === undefined ? 0 : won.number === 1 ? 1 : 14;
    strictEqual(available, Math.min(scenario.capacity, left + refund));
  }),

  'rejects with the last error when all have failed, telling each': overTraces((trace) => {
    const { attempts, error, abortedAt, at } = trace;
    if (trace.value !== undefined || (abortedAt ?? Infinity) <= at) return;
    const failed = attempts.toSorted((a, b) => (a.endedAt ?? NaN) - (b.endedAt ?? NaN));
    strictEqual(at, failed.at(-1)?.endedAt);
    const told = attemptsOf(error);
    strictEqual(error, told.at(-1)?.error);
    deepStrictEqual(
      new Set(told.map((one) => one.error)),
      new Set(attempts.map((one) => one.error)),
    );
  }),

  'rejects with the abort reason at once, and ends all': overTraces((trace) => {
    const { abortedAt, at, error, losers } = trace;
    if (abortedAt === undefined || at < abortedAt || trace.value !== undefined) return;
    strictEqual(at, abortedAt);
    ok(isIntegrationError(error) && error.code === 'aborted', 'the error is no AbortedError');
    strictEqual(error.cause, trace.reason);
    ok(
      losers.every(({ signal }) => signal.aborted),
      'an attempt goes on',
    );
  }),

  'leaves no timer and no listener': overTraces(({ timers, listeners }) => {
    deepStrictEqual({ timers, listeners }, { timers: 0, listeners: 0 });
  }),
};
