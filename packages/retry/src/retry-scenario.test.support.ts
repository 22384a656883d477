import { getEventListeners } from 'node:events';
import {
  BadRequestError,
  CircuitOpenError,
  RateLimitError,
  ServerError,
  TotalTimeoutError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type {
  AttemptContext,
  Clock,
  RandomSource,
  RetryExecutor,
  RetryPolicy,
} from '@integrations/types';
import * as fc from 'fast-check';
import { ExponentialBackoff } from './exponential-backoff.ts';
import { permanent } from './permanent.ts';
import { RetryBudget } from './retry-budget.ts';

/** What an executor under test is made from. */
export interface ExecutorParts {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly budget: RetryBudget;
  readonly maxRetryAfterMs: number;
}

export type ExecutorFactory = (parts: ExecutorParts) => RetryExecutor;

const KINDS = [
  'ok',
  'transient',
  'throttled',
  'thrown at once',
  'bad request',
  'circuit open',
  'permanent',
  'foreign',
  'abort of its own',
] as const;

/** What the operation does at one attempt. */
export interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly durationMs: number;
  /** Whether it ends early when its signal aborts. */
  readonly heedsSignal: boolean;
  readonly retryAfterMs: number | undefined;
}

export interface Scenario {
  readonly steps: readonly Step[];
  readonly maxAttempts: number;
  readonly initialMs: number;
  readonly factor: number;
  readonly maxMs: number;
  readonly maxRetryAfterMs: number;
  readonly deadlineMs: number | undefined;
  readonly abortAtMs: number | undefined;
  readonly abortsWithTypedReason: boolean;
  readonly chance: number;
}

export interface Call {
  readonly attempt: number;
  readonly step: Step;
  readonly startedAt: number;
  readonly beganAborted: boolean;
  endedAt: number | undefined;
  succeeded: boolean;
  error: unknown;
}

/** What an executor did. */
export interface Trace {
  readonly scenario: Scenario;
  readonly calls: readonly Call[];
  readonly reason: Error;
  readonly abortedAt: number | undefined;
  readonly outcome:
    | { readonly kind: 'resolved'; readonly at: number; readonly value: unknown }
    | { readonly kind: 'rejected'; readonly at: number; readonly error: unknown }
    | { readonly kind: 'unsettled' };
  /** When it settled. */
  readonly timers: number;
  readonly listeners: number;
}

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant('transient' as const) },
    { weight: 2, arbitrary: fc.constant('throttled' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...KINDS) },
  ),
  durationMs: fc.nat(6),
  heedsSignal: fc.boolean(),
  retryAfterMs: fc.option(fc.oneof(fc.nat(30), fc.integer({ min: 0, max: 3000 })), {
    nil: undefined,
  }),
});

export const scenarioArbitrary: fc.Arbitrary<Scenario> = fc.record({
  steps: fc.array(stepArbitrary, { minLength: 1, maxLength: 6 }),
  maxAttempts: fc.integer({ min: 1, max: 6 }),
  initialMs: fc.nat(10),
  factor: fc.constantFrom(1, 2, 3),
  maxMs: fc.integer({ min: 10, max: 60 }),
  maxRetryAfterMs: fc.constantFrom(0, 20, 1000, 120_000),
  deadlineMs: fc.option(fc.nat(60), { nil: undefined, freq: 2 }),
  abortAtMs: fc.option(fc.nat(40), { nil: undefined, freq: 2 }),
  abortsWithTypedReason: fc.boolean(),
  chance: fc.constantFrom(0, 0.25, 0.999),
});

function failureOf({ kind, retryAfterMs }: Step): unknown {
  switch (kind) {
    case 'throttled':
      return new RateLimitError('Slow down.', { retryAfterMs });
    case 'bad request':
      return new BadRequestError('No such field.');
    case 'circuit open':
      return new CircuitOpenError('The circuit is open.');
    case 'permanent':
      return permanent(new ServerError('Failed halfway.'));
    case 'foreign':
      return new TypeError('A fault of the program.');
    case 'abort of its own':
      return new DOMException('This operation was aborted', 'AbortError');
    default:
      return new ServerError('Failed.', { retryAfterMs });
  }
}

/** Whether the default classification repeats after this step. */
export function deservesRetry({ kind }: Step): boolean {
  return kind === 'transient' || kind === 'throttled' || kind === 'thrown at once';
}

function scriptedOperation(
  clock: Clock,
  steps: readonly Step[],
  calls: Call[],
): (context: AttemptContext) => Promise<string> {
  const perform = async (call: Call, signal: AbortSignal | undefined): Promise<string> => {
    try {
      await clock.sleep(call.step.durationMs, call.step.heedsSignal ? signal : undefined);
      if (call.step.kind !== 'ok') throw failureOf(call.step);
      call.succeeded = true;
      return `result ${calls.length}`;
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      call.endedAt = clock.now();
    }
  };
  return ({ attempt, signal }) => {
    const step = steps[calls.length % steps.length] as Step;
    const startedAt = clock.now();
    const beganAborted = signal?.aborted === true;
    const call: Call = {
      attempt,
      step,
      startedAt,
      beganAborted,
      endedAt: undefined,
      succeeded: false,
      error: undefined,
    };
    calls.push(call);
    if (step.kind !== 'thrown at once') return perform(call, signal);
    call.endedAt = startedAt;
    call.error = failureOf(step);
    throw call.error;
  };
}

/** Runs one execution to its end on a manual clock. */
export async function simulate(
  factory: ExecutorFactory,
  scenario: Scenario,
  budget: RetryBudget = new RetryBudget(),
): Promise<Trace> {
  const clock = new ManualClock();
  const policy = new ExponentialBackoff({
    jitter: 'none',
    maxAttempts: scenario.maxAttempts,
    initialDelay: scenario.initialMs,
    maxDelay: scenario.maxMs,
    factor: scenario.factor,
  });
  const { maxRetryAfterMs, deadlineMs, abortAtMs } = scenario;
  const executor = factory({
    policy,
    clock,
    random: () => scenario.chance,
    budget,
    maxRetryAfterMs,
  });
  const reason = scenario.abortsWithTypedReason
    ? new TotalTimeoutError('Time is up.')
    : new Error('Not needed any more.');
  const { signal, abort } = abortable();
  let abortedAt: number | undefined;
  const aborting =
    abortAtMs === undefined
      ? undefined
      : clock.schedule(() => {
          abortedAt = clock.now();
          abort(reason);
        }, abortAtMs);

  const calls: Call[] = [];
  let outcome: Trace['outcome'] = { kind: 'unsettled' };
  let timers = 0;
  const settle = (settled: Trace['outcome']): void => {
    aborting?.[Symbol.dispose]();
    timers = clock.pending;
    outcome = settled;
  };
  executor
    .execute(scriptedOperation(clock, scenario.steps, calls), {
      signal,
      ...(deadlineMs === undefined ? {} : { deadline: deadlineMs }),
    })
    .then(
      (value) => settle({ kind: 'resolved', at: clock.now(), value }),
      (error: unknown) => settle({ kind: 'rejected', at: clock.now(), error }),
    );
  await clock.runAll();
  const listeners = getEventListeners(signal, 'abort').length;
  return { scenario, calls, reason, abortedAt, outcome, timers, listeners };
}

function abortable(): { signal: AbortSignal; abort: (reason: Error) => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}
