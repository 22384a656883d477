import { equal, ok } from 'node:assert/strict';
import { inspect } from 'node:util';
import { ConnectionError, ValidationError } from '@integrations/errors';
import type { RetryPolicy } from '@integrations/types';
import {
  type ContractCase,
  type ContractOptions,
  describeContract,
  withSubject,
} from './contract.ts';

/** What `create` must set a policy to. */
export interface RetryPolicyContractSettings {
  /** How many attempts it lets one execution make, the first included. */
  readonly maxAttempts: number;
}

/** Options of `describeRetryPolicyContract`. */
export interface RetryPolicyContractOptions extends ContractOptions<
  RetryPolicyContractSettings,
  RetryPolicy
> {
  /** Makes an error that is worth another try. @default a ConnectionError */
  readonly retryable?: () => unknown;
  /** Makes an error that is not. @default a ValidationError */
  readonly permanent?: () => unknown;
}

interface PolicyTrial {
  readonly policy: RetryPolicy;
  readonly retryable: unknown;
  readonly permanent: unknown;
}

/** Enough for an exponential delay without a bound to overflow. */
const MAX_ATTEMPTS = 1200;

const cases: readonly ContractCase<PolicyTrial>[] = [
  {
    promise: 'another attempt may follow until all are made, and none after the last',
    check: ({ policy, retryable }) => {
      for (const attempt of [1, 2, MAX_ATTEMPTS - 1]) {
        const answer = policy.shouldRetry(attempt, retryable);
        equal(answer, true, `attempt ${attempt} of ${MAX_ATTEMPTS} should be followed by another`);
      }
      const last = policy.shouldRetry(MAX_ATTEMPTS, retryable);
      equal(last, false, `attempt ${MAX_ATTEMPTS} of ${MAX_ATTEMPTS} should be the last`);
    },
  },
  {
    promise: 'an error that is not worth another try is not retried',
    check: ({ policy, permanent }) => {
      const answer = policy.shouldRetry(1, permanent);
      equal(answer, false, `shouldRetry gave ${String(answer)} for ${String(permanent)}`);
    },
  },
  {
    promise: 'the answer follows from attempt and error, not from how often it is asked',
    check: ({ policy, retryable, permanent }) => {
      for (let asked = 0; asked < MAX_ATTEMPTS + 10; asked += 1) {
        equal(policy.shouldRetry(1, permanent), false, 'a permanent error was retried');
        equal(policy.shouldRetry(1, retryable), true, `refused when asked ${asked + 1} times`);
      }
    },
  },
  {
    promise: 'a delay is a number of milliseconds, 0 or more, however many attempts were made',
    check: ({ policy, retryable }) => {
      for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
        const delay = policy.calculateDelay(attempt, retryable);
        ok(
          Number.isFinite(delay) && delay >= 0,
          `calculateDelay gave ${delay} after attempt ${attempt}`,
        );
      }
    },
  },
  {
    promise: 'an error can be any value',
    check: ({ policy }) => {
      const values: unknown[] = [
        undefined,
        null,
        0,
        'failed',
        Symbol('failed'),
        {},
        new Error('x'),
      ];
      for (const error of values) {
        const answer: unknown = policy.shouldRetry(1, error);
        equal(typeof answer, 'boolean', `shouldRetry gave no boolean for ${inspect(error)}`);
        const delay: unknown = policy.calculateDelay(1, error);
        equal(typeof delay, 'number', `calculateDelay gave no number for ${inspect(error)}`);
      }
    },
  },
];

/** Checks what `RetryPolicy` promises: whether an attempt may follow, and after how long. */
export function describeRetryPolicyContract(options: RetryPolicyContractOptions): void {
  const retryable = options.retryable ?? (() => new ConnectionError('Worth another try.'));
  const permanent = options.permanent ?? (() => new ValidationError('Not worth another try.'));
  describeContract(options, {
    interfaceName: 'RetryPolicy',
    cases,
    attempt: (check) =>
      withSubject(options, { maxAttempts: MAX_ATTEMPTS }, (policy) =>
        check({ policy, retryable: retryable(), permanent: permanent() }),
      ),
  });
}
