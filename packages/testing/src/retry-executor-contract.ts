import { deepEqual, equal, ok } from 'node:assert/strict';
import { ConnectionError } from '@integrations/errors';
import type { AttemptContext, Clock, RetryExecutor, RetryPolicy } from '@integrations/types';
import {
  abortedAlready,
  assertAbortsAtOnce,
  assertNoListener,
  carries,
  prepareAbort,
} from './abort-checks.ts';
import { type ContractCase, describeContract } from './contract.ts';
import { timedContract, type TimedContractOptions, type TimedTrial } from './contract-clock.ts';
import { watch } from './watched.ts';

/** What `create` must make an executor from. No budget or other limit may get in the way. */
export interface RetryExecutorContractSettings {
  /** Lets three attempts be made, and asks for 1000 ms after the first and 2000 after the second. */
  readonly policy: RetryPolicy;
  /** The time it must wait by. */
  readonly clock: Clock;
}

/** Options of `describeRetryExecutorContract`. */
export type RetryExecutorContractOptions = TimedContractOptions<
  RetryExecutorContractSettings,
  RetryExecutor
>;

type ExecutorCase = ContractCase<TimedTrial<RetryExecutor>>;

const ATTEMPTS = 3;
const STEP_MS = 1000;

/** An error that the policy never retries. */
const PERMANENT = new ConnectionError('Not worth another try.', { retryable: false });

const policy: RetryPolicy = {
  shouldRetry: (attempt, error) => attempt < ATTEMPTS && error !== PERMANENT,
  calculateDelay: (attempt) => attempt * STEP_MS,
};

/** An operation that fails as often as it is told, and notes its attempts. */
class Operation {
  readonly attempts: number[] = [];
  readonly errors: Error[] = [];
  readonly #failures: number;

  constructor(failures: number) {
    this.#failures = failures;
  }

  readonly run = async ({ attempt }: AttemptContext): Promise<string> => {
    this.attempts.push(attempt);
    if (this.attempts.length > this.#failures) return 'done';
    const error = new ConnectionError(`Attempt ${attempt} failed.`);
    this.errors.push(error);
    throw error;
  };

  made(attempts: readonly number[], when: string): void {
    const list = this.attempts.join(', ') || 'none';
    deepEqual(this.attempts, attempts, `the attempts made ${when} were: ${list}`);
  }
}

const attemptCases: readonly ExecutorCase[] = [
  {
    promise: 'the result of the first attempt that succeeds is returned, and no other follows',
    check: async ({ subject: executor, clock }) => {
      const operation = new Operation(0);
      const running = watch(() => executor.execute(operation.run));
      equal(await running.value('a success should be returned at once'), 'done');
      await clock.advance(10 * STEP_MS);
      operation.made([1], 'for an operation that succeeds');
    },
  },
  {
    promise: 'attempts count from 1 and each waits for the delay of the policy',
    check: async ({ subject: executor, clock }) => {
      const operation = new Operation(2);
      const running = watch(() => executor.execute(operation.run));
      await running.mustWait('execute() should wait before the second attempt');
      await clock.advance(STEP_MS - 1);
      operation.made([1], `within ${STEP_MS - 1} ms of a delay of ${STEP_MS}`);
      await clock.advance(1);
      await running.mustWait('execute() should wait before the third attempt');
      operation.made([1, 2], 'after the first delay');
      await clock.advance(2 * STEP_MS - 1);
      operation.made([1, 2], `within ${2 * STEP_MS - 1} ms of a delay of ${2 * STEP_MS}`);
      await clock.advance(1);
      equal(await running.value('the third attempt should succeed'), 'done');
      operation.made([1, 2, 3], 'after both delays');
    },
  },
  {
    promise: 'the last failure is thrown when the policy lets no other attempt follow',
    check: async ({ subject: executor, clock }) => {
      const operation = new Operation(Number.POSITIVE_INFINITY);
      const running = watch(() => executor.execute(operation.run));
      await clock.advance(10 * STEP_MS);
      const error = await running.reason(`execute() should reject after ${ATTEMPTS} attempts`);
      operation.made([1, 2, 3], 'for an operation that always fails');
      ok(carries(error, operation.errors.at(-1)), `it was rejected with ${String(error)}`);
    },
  },
  {
    promise: 'an error that the policy does not retry is thrown at once',
    check: async ({ subject: executor }) => {
      const running = watch(() => executor.execute(() => Promise.reject(PERMANENT)));
      const error = await running.reason('execute() should reject without a second attempt');
      ok(carries(error, PERMANENT), `it was rejected with ${String(error)}`);
    },
  },
  {
    promise: 'executions under way at once do not mix',
    check: async ({ subject: executor, clock }) => {
      const operations = [new Operation(2), new Operation(0), new Operation(1)];
      const running = operations.map(({ run }) => watch(() => executor.execute(run)));
      await clock.advance(10 * STEP_MS);
      for (const execution of running) await execution.value('each execution should succeed');
      const made = operations.map(({ attempts }) => attempts);
      deepEqual(made, [[1, 2, 3], [1], [1, 2]], `attempts made: ${JSON.stringify(made)}`);
    },
  },
];

const abortCases: readonly ExecutorCase[] = [
  {
    promise:
      'an abort ends a wait at once with the reason, leaves no listener, and nothing follows',
    check: async ({ subject: executor, clock }) => {
      const operation = new Operation(1);
      const abort = prepareAbort();
      const running = watch(() => executor.execute(operation.run, { signal: abort.signal }));
      await assertAbortsAtOnce(running, abort);
      await clock.advance(10 * STEP_MS);
      operation.made([1], 'though aborted while waiting for the second');
    },
  },
  {
    promise: 'an aborted signal lets no attempt begin',
    check: async ({ subject: executor }) => {
      const operation = new Operation(0);
      const { signal, reason } = abortedAlready();
      const running = watch(() => executor.execute(operation.run, { signal }));
      const error = await running.reason('execute() should reject when its signal is aborted');
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      operation.made([], 'under an aborted signal');
    },
  },
  {
    promise: 'the attempt is given a signal that is aborted when the caller aborts',
    check: async ({ subject: executor }) => {
      const { signal, abort } = prepareAbort();
      let given: AbortSignal | undefined;
      const running = watch(() =>
        executor.execute(
          (attempt) =>
            new Promise<void>((_resolve, reject) => {
              given = attempt.signal;
              given?.addEventListener('abort', () => reject(given?.reason), { once: true });
            }),
          { signal },
        ),
      );
      await running.mustWait('execute() should wait for its operation');
      ok(given !== undefined, 'the operation was given no signal');
      equal(given.aborted, false, 'the signal given to the operation was aborted from the start');
      abort();
      equal(given.aborted, true, 'the signal given to the operation was not aborted');
      await running.reason('execute() should reject when its operation does under an abort');
      assertNoListener(signal, 'after the abort');
    },
  },
  {
    promise: 'no listener is left on the signal after a success that took several attempts',
    check: async ({ subject: executor, clock }) => {
      const { signal } = prepareAbort();
      const running = watch(() => executor.execute(new Operation(2).run, { signal }));
      await clock.advance(10 * STEP_MS);
      await running.value('the third attempt should succeed');
      assertNoListener(signal, 'after the execution');
    },
  },
];

const deadlineCases: readonly ExecutorCase[] = [
  {
    promise: 'no attempt begins after the deadline',
    check: async ({ subject: executor, clock }) => {
      const operation = new Operation(Number.POSITIVE_INFINITY);
      const deadline = clock.now() + STEP_MS + 500;
      const running = watch(() => executor.execute(operation.run, { deadline }));
      await clock.advance(10 * STEP_MS);
      await running.reason('execute() should reject when no attempt may begin any more');
      operation.made([1, 2], `with a deadline ${STEP_MS + 500} ms away`);
    },
  },
  {
    promise: 'no attempt begins when the deadline has passed already',
    check: async ({ subject: executor, clock }) => {
      await clock.advance(10);
      const operation = new Operation(0);
      const running = watch(() => executor.execute(operation.run, { deadline: clock.now() - 5 }));
      await running.reason('execute() should reject when its deadline has passed');
      operation.made([], 'after the deadline');
    },
  },
];

/**
 * Checks what `RetryExecutor` promises: attempts and waits as its policy says, and
 * an end by abort or deadline.
 */
export function describeRetryExecutorContract(options: RetryExecutorContractOptions): void {
  const cases = [...attemptCases, ...abortCases, ...deadlineCases];
  describeContract(options, timedContract('RetryExecutor', options, { policy }, cases));
}
