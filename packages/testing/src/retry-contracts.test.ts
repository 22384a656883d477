import { isIntegrationError } from '@integrations/errors';
import type { RetryExecutor, RetryPolicy } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './contract-run.test.support.ts';
import {
  describeRetryExecutorContract,
  type RetryExecutorContractSettings,
} from './retry-executor-contract.ts';
import { describeRetryPolicyContract } from './retry-policy-contract.ts';

function linear(maxAttempts: number): RetryPolicy {
  return {
    shouldRetry: (attempt, error) =>
      attempt < maxAttempts && isIntegrationError(error) && error.retryable,
    calculateDelay: (attempt) => attempt * 100,
  };
}

describeRetryPolicyContract({ describe, it, create: ({ maxAttempts }) => linear(maxAttempts) });

const WRONG_POLICIES: Readonly<
  Record<string, [promise: string, change: (right: RetryPolicy, max: number) => RetryPolicy]>
> = {
  'retries once too often': [
    'another attempt may follow until all are made, and none after the last',
    ({ calculateDelay }, max) => ({
      shouldRetry: (attempt, error) => linear(max + 1).shouldRetry(attempt, error),
      calculateDelay,
    }),
  ],
  'retries whatever failed': [
    'an error that is not worth another try is not retried',
    ({ calculateDelay }, max) => ({ shouldRetry: (attempt) => attempt < max, calculateDelay }),
  ],
  'counts how often it is asked': [
    'the answer follows from attempt and error, not from how often it is asked',
    (right, max) => {
      let asked = 0;
      return {
        shouldRetry: (attempt, error) => {
          asked += 1;
          return asked < max && right.shouldRetry(attempt, error);
        },
        calculateDelay: right.calculateDelay,
      };
    },
  ],
  'lets its delay overflow': [
    'a delay is a number of milliseconds, 0 or more, however many attempts were made',
    ({ shouldRetry }) => ({ shouldRetry, calculateDelay: (attempt) => 100 * 2 ** attempt }),
  ],
  'gives a negative delay': [
    'a delay is a number of milliseconds, 0 or more, however many attempts were made',
    ({ shouldRetry }) => ({ shouldRetry, calculateDelay: () => -1 }),
  ],
  'reads fields of any error': [
    'an error can be any value',
    ({ calculateDelay }, max) => ({
      shouldRetry: (attempt, error) => attempt < max && (error as { retryable: boolean }).retryable,
      calculateDelay,
    }),
  ],
};

describe('describeRetryPolicyContract', () => {
  it.each(Object.entries(WRONG_POLICIES))(
    'fails a policy that %s',
    async (_fault, [promise, change]) => {
      const broken = await brokenPromises((framework) =>
        describeRetryPolicyContract({
          ...framework,
          create: ({ maxAttempts }) => change(linear(maxAttempts), maxAttempts),
        }),
      );
      expect(broken).toContain(promise);
    },
  );
});

type ExecutorFault =
  | 'repeats after a success'
  | 'counts attempts from 0'
  | 'does not wait'
  | 'hides the error'
  | 'ignores the policy'
  | 'shares its count'
  | 'ignores an abort while waiting'
  | 'starts though aborted'
  | 'gives no signal'
  | 'leaves a listener'
  | 'begins after the deadline';

/** Small and right, unless told to be wrong. */
function referenceExecutor(
  { policy, clock }: RetryExecutorContractSettings,
  fault?: ExecutorFault,
): RetryExecutor {
  let shared = 0;
  return {
    execute: async (operation, { signal, deadline = Number.POSITIVE_INFINITY } = {}) => {
      const mayBegin = (): void => {
        if (fault !== 'starts though aborted') signal?.throwIfAborted();
        if (clock.now() > deadline && fault !== 'begins after the deadline') {
          throw new Error('too late');
        }
      };
      if (fault === 'leaves a listener') signal?.addEventListener('abort', () => undefined);
      for (let attempt = 1; ; attempt += 1) {
        mayBegin();
        shared += 1;
        const counted = fault === 'shares its count' ? shared : attempt;
        const told = fault === 'counts attempts from 0' ? counted - 1 : counted;
        const hasSignal = signal !== undefined && fault !== 'gives no signal';
        const context = hasSignal ? { attempt: told, signal } : { attempt: told };
        try {
          const result = await operation(context);
          if (fault === 'repeats after a success') await operation(context);
          return result;
        } catch (error) {
          const isFinal = attempt >= 10 || !policy.shouldRetry(attempt, error);
          if (fault === 'ignores the policy' ? attempt >= 5 : isFinal) {
            throw fault === 'hides the error' ? new Error('it failed') : error;
          }
          const delay = fault === 'does not wait' ? 0 : policy.calculateDelay(attempt, error);
          await clock.sleep(delay, fault === 'ignores an abort while waiting' ? undefined : signal);
        }
      }
    },
  };
}

describeRetryExecutorContract({ describe, it, create: (settings) => referenceExecutor(settings) });

const EXECUTOR_FAULTS: Readonly<Record<ExecutorFault, string>> = {
  'repeats after a success':
    'the result of the first attempt that succeeds is returned, and no other follows',
  'counts attempts from 0': 'attempts count from 1 and each waits for the delay of the policy',
  'does not wait': 'attempts count from 1 and each waits for the delay of the policy',
  'hides the error': 'the last failure is thrown when the policy lets no other attempt follow',
  'ignores the policy': 'an error that the policy does not retry is thrown at once',
  'shares its count': 'executions under way at once do not mix',
  'ignores an abort while waiting':
    'an abort ends a wait at once with the reason, leaves no listener, and nothing follows',
  'starts though aborted': 'an aborted signal lets no attempt begin',
  'gives no signal': 'the attempt is given a signal that is aborted when the caller aborts',
  'leaves a listener':
    'no listener is left on the signal after a success that took several attempts',
  'begins after the deadline': 'no attempt begins after the deadline',
};

describe('describeRetryExecutorContract', () => {
  it.each(Object.entries(EXECUTOR_FAULTS))('fails an executor that %s', async (fault, promise) => {
    const broken = await brokenPromises((framework) =>
      describeRetryExecutorContract({
        ...framework,
        create: (settings) => referenceExecutor(settings, fault as ExecutorFault),
      }),
    );
    expect(broken).toContain(promise);
  });
});
