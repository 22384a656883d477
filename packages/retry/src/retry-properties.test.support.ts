import { deepStrictEqual, fail, ok, strictEqual } from 'node:assert/strict';
import { isIntegrationError } from '@integrations/errors';
import * as fc from 'fast-check';
import { attemptsOf } from './failed-attempt.ts';
import { RetryBudget } from './retry-budget.ts';
import {
  type Call,
  deservesRetry,
  type ExecutorFactory,
  type Scenario,
  scenarioArbitrary,
  simulate,
  type Trace,
} from './retry-scenario.test.support.ts';

export type RetryProperty = (
  factory: ExecutorFactory,
  parameters?: fc.Parameters<unknown>,
) => Promise<void>;

/** The time an ended call took its end. */
function endOf(call: Call): number {
  return call.endedAt ?? fail('the call never ended');
}

function hintOf(call: Call): number | undefined {
  return isIntegrationError(call.error) ? call.error.retryAfterMs : undefined;
}

/** The wait that must follow a failed call, by the definition. */
function waitAfter(scenario: Scenario, call: Call, attempt: number): number {
  const own = Math.min(scenario.maxMs, scenario.initialMs * scenario.factor ** (attempt - 1));
  const hint = hintOf(call);
  if (hint === undefined) return own;
  return Math.max(own, hint + scenario.chance * Math.min(1000, hint / 10));
}

function overTraces(check: (trace: Trace) => void): RetryProperty {
  return (factory, parameters = {}) =>
    fc.assert(
      fc.asyncProperty(scenarioArbitrary, async (scenario) => {
        const trace = await simulate(factory, scenario);
        ok(trace.outcome.kind !== 'unsettled', 'the execution never settles');
        check(trace);
      }),
      { numRuns: 300, ...parameters },
    );
}

/** The gaps between calls, with the failed call before each. */
function gaps(calls: readonly Call[]): { before: Call; attempt: number; gapMs: number }[] {
  return calls.slice(1).map((call, index) => {
    const before = calls[index] as Call;
    return { before, attempt: index + 1, gapMs: call.startedAt - endOf(before) };
  });
}

function wasAbortedInTime({ abortedAt, outcome }: Trace): boolean {
  return abortedAt !== undefined && outcome.kind === 'rejected' && abortedAt <= outcome.at;
}

/** Whether another attempt had to follow, had nobody aborted; unlimited budget. */
function mayFollow({ scenario }: Trace, call: Call, attempt: number): boolean {
  if (!deservesRetry(call.step) || attempt >= scenario.maxAttempts) return false;
  if ((hintOf(call) ?? 0) > scenario.maxRetryAfterMs) return false;
  const next = endOf(call) + waitAfter(scenario, call, attempt);
  return next <= (scenario.deadlineMs ?? Number.POSITIVE_INFINITY);
}

function checkAbortReason({ outcome, reason }: Trace): void {
  const error = outcome.kind === 'rejected' ? outcome.error : fail('resolved');
  if (isIntegrationError(reason)) strictEqual(error, reason);
  else {
    ok(isIntegrationError(error) && error.code === 'aborted', 'the error is no AbortedError');
    strictEqual(error.cause, reason);
  }
}

function priceOf(call: Call): number {
  return call.step.kind === 'throttled' ? 5 : 14;
}

/** What must be left, after the calls that a trace tells of. */
function remaining(before: number, capacity: number, { calls, outcome }: Trace): number {
  let tokens = before;
  let paid = 1;
  for (const { before: failed } of gaps(calls)) {
    paid = priceOf(failed);
    tokens -= paid;
    ok(tokens >= 0, 'a retry was made that the budget could not pay');
  }
  return outcome.kind === 'resolved' ? Math.min(capacity, tokens + paid) : tokens;
}

/** Several executions, one after the other, on one budget. */
const budgetModel: RetryProperty = (factory, parameters = {}) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(scenarioArbitrary, { minLength: 1, maxLength: 5 }),
      fc.nat(80),
      async (scenarios, capacity) => {
        const budget = new RetryBudget({ capacity });
        for (const scenario of scenarios) {
          const before = budget.available;
          const trace = await simulate(factory, scenario, budget);
          strictEqual(budget.available, remaining(before, capacity, trace));
        }
      },
    ),
    { numRuns: 300, ...parameters },
  );

/** What every retry executor must hold to, by name. */
export const retryProperties: Readonly<Record<string, RetryProperty>> = {
  'counts its attempts from 1 to maxAttempts at most': overTraces(({ calls, scenario }) => {
    ok(calls.length <= scenario.maxAttempts, 'too many attempts');
    deepStrictEqual(
      calls.map(({ attempt }) => attempt),
      calls.map((_, index) => index + 1),
    );
  }),

  'begins no attempt after an abort or past the deadline': overTraces(({ calls, scenario }) => {
    for (const call of calls) {
      ok(!call.beganAborted, 'called under an aborted signal');
      ok(call.startedAt <= (scenario.deadlineMs ?? Infinity), 'called past the deadline');
    }
  }),

  'rejects with the abort reason at once when aborted in a wait': overTraces((trace) => {
    const last = trace.calls.at(-1);
    if (!wasAbortedInTime(trace) || trace.abortedAt === undefined) return;
    if (
      last !== undefined &&
      endOf(last) <= trace.abortedAt &&
      trace.outcome.kind !== 'unsettled'
    ) {
      strictEqual(trace.outcome.at, trace.abortedAt);
    }
    checkAbortReason(trace);
  }),

  'waits as long as the policy and the server say': overTraces((trace) => {
    for (const { before, attempt, gapMs } of gaps(trace.calls)) {
      const wait = waitAfter(trace.scenario, before, attempt);
      ok(gapMs >= (hintOf(before) ?? 0), 'came back before the server allows');
      ok(Math.abs(gapMs - wait) < 1e-6, `waited ${gapMs} ms instead of ${wait}`);
    }
  }),

  'settles when the last call ends, or at the abort': overTraces((trace) => {
    const last = trace.calls.at(-1);
    if (last === undefined || trace.outcome.kind === 'unsettled') return;
    const aborted = wasAbortedInTime(trace) ? trace.abortedAt : undefined;
    strictEqual(trace.outcome.at, Math.max(endOf(last), aborted ?? 0));
  }),

  'repeats after what deserves it, and after nothing else': overTraces((trace) => {
    for (const [index, call] of trace.calls.entries()) {
      const followed = index + 1 < trace.calls.length;
      const allowed = !call.succeeded && mayFollow(trace, call, index + 1);
      if (followed) ok(allowed, 'repeated what must not be repeated');
      else if (!wasAbortedInTime(trace)) ok(!allowed, 'gave up too early');
    }
  }),

  'keeps every result, aborted or not': overTraces(({ calls, outcome }) => {
    if (calls.at(-1)?.succeeded !== true) return;
    deepStrictEqual(outcome.kind === 'resolved' && outcome.value, `result ${calls.length}`);
  }),

  'throws the last error itself, which tells of all attempts': overTraces((trace) => {
    const { calls, outcome } = trace;
    if (outcome.kind !== 'rejected' || calls.length === 0) return;
    if (!wasAbortedInTime(trace)) strictEqual(outcome.error, calls.at(-1)?.error);
    deepStrictEqual(
      attemptsOf(outcome.error).map(({ error, startedAt }) => ({ error, startedAt })),
      calls.map(({ error, startedAt }) => ({ error, startedAt })),
    );
    ok(!Object.keys(outcome.error as object).includes('attempts'), 'loggers would print them');
  }),

  'leaves no timer and no listener': overTraces(({ timers, listeners }) => {
    deepStrictEqual({ timers, listeners }, { timers: 0, listeners: 0 });
  }),

  'makes the retries that its budget pays, and gets back what succeeded': budgetModel,
};
