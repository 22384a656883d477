import { equal, ok } from 'node:assert/strict';
import { ConnectionError } from '@integrations/errors';
import type { BreakerPermit, CircuitBreaker, CircuitState, Clock } from '@integrations/types';
import { type ContractCase, describeContract } from './contract.ts';
import {
  type ContractClock,
  timedContract,
  type TimedContractOptions,
  type TimedTrial,
} from './contract-clock.ts';
import { microtasksDrained } from './macrotask.ts';

/** What `create` must set a breaker to. */
export interface CircuitBreakerContractSettings {
  /** It opens with this many failures in a row, and with no fewer. */
  readonly failureThreshold: number;
  /** Milliseconds from opening to half open. */
  readonly openMs: number;
  /** The time it must go by. */
  readonly clock: Clock;
}

/** Options of `describeCircuitBreakerContract`. */
export interface CircuitBreakerContractOptions extends TimedContractOptions<
  CircuitBreakerContractSettings,
  CircuitBreaker
> {
  /** Makes an error that counts against the service. @default a ConnectionError */
  readonly failure?: () => unknown;
}

const FAILURES = 3;
const OPEN_MS = 30_000;
/** More probes than any half-open breaker should let through at once. */
const MANY = 1000;

type Report = 'success' | 'failure' | 'ignore';

/** A breaker with the steps that the cases are made of. */
class BreakerTrial {
  readonly breaker: CircuitBreaker;
  readonly clock: ContractClock;
  readonly #failure: () => unknown;

  constructor({ subject, clock }: TimedTrial<CircuitBreaker>, failure: () => unknown) {
    this.breaker = subject;
    this.clock = clock;
    this.#failure = failure;
  }

  permit(expectation: string): BreakerPermit {
    const answer = this.breaker.tryAcquire();
    if (answer.allowed) return answer;
    throw new Error(`${expectation}; the call was refused`);
  }

  /** Permits until one is refused. */
  allPermits(): BreakerPermit[] {
    const permits: BreakerPermit[] = [];
    while (permits.length < MANY) {
      const answer = this.breaker.tryAcquire();
      if (!answer.allowed) break;
      permits.push(answer);
    }
    return permits;
  }

  async report(permit: BreakerPermit, outcome: Report): Promise<void> {
    if (outcome === 'failure') permit.failure(this.#failure());
    else permit[outcome]();
    // A breaker over an asynchronous library may need a moment, though no time.
    await microtasksDrained();
  }

  async call(outcome: Report): Promise<void> {
    await this.report(this.permit('a call should be let through'), outcome);
  }

  async recordFailures(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 1) {
      this.breaker.recordFailure(this.#failure());
      await microtasksDrained();
    }
  }

  async fail(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 1) await this.call('failure');
  }

  async open(): Promise<void> {
    await this.fail(FAILURES);
    this.stands('open', `after ${FAILURES} failures`);
  }

  async halfOpen(): Promise<void> {
    await this.open();
    await this.clock.advance(OPEN_MS);
    this.stands('half_open', `${OPEN_MS} ms after it opened`);
  }

  stands(state: CircuitState, when: string): void {
    equal(this.breaker.state, state, `it should be ${state} ${when}, and is ${this.breaker.state}`);
  }

  refusal(when: string): number {
    const answer = this.breaker.tryAcquire();
    if (answer.allowed) throw new Error(`a call should be refused ${when}; it was let through`);
    return answer.retryAfterMs;
  }
}

const permitCases: readonly ContractCase<BreakerTrial>[] = [
  {
    promise: 'the first report of a permit counts, later ones do nothing',
    check: async (trial) => {
      for (const first of ['success', 'ignore', 'failure'] as const) {
        trial.breaker.reset();
        const permit = trial.permit('a closed breaker should let a call through');
        await trial.report(permit, first);
        for (let again = 0; again < FAILURES; again += 1) await trial.report(permit, 'failure');
        trial.stands('closed', `after one permit reported ${first}, then ${FAILURES} failures`);
      }
    },
  },
  {
    promise: 'ignore() gives a permit back without an opinion',
    check: async (trial) => {
      for (let calls = 0; calls < FAILURES * 2; calls += 1) await trial.call('ignore');
      trial.stands('closed', 'after calls that were all ignored');
      await trial.fail(FAILURES - 1);
      await trial.call('ignore');
      await trial.fail(1);
      trial.stands('open', `after ${FAILURES} failures with an ignored call among them`);
    },
  },
  {
    promise: 'an ignored probe makes room for another, and neither opens nor closes the breaker',
    check: async (trial) => {
      await trial.halfOpen();
      const probes = trial.allPermits();
      for (const probe of probes) await trial.report(probe, 'ignore');
      trial.stands('half_open', 'after probes that were all ignored');
      trial.permit('ignored probes should make room for others');
    },
  },
  {
    promise: 'a late report on an older state never changes a newer one',
    check: async (trial) => {
      const late = Array.from({ length: FAILURES + 1 }, () =>
        trial.permit('a closed breaker should let calls through'),
      );
      const [success, ...failures] = late as [BreakerPermit, ...BreakerPermit[]];
      await trial.halfOpen();
      await trial.report(success, 'success');
      trial.stands('half_open', 'after a late success of a call made before it opened');
      for (const failure of failures) await trial.report(failure, 'failure');
      trial.stands('half_open', 'after late failures of calls made before it opened');
    },
  },
  {
    promise: 'a late report does not count after reset()',
    check: async (trial) => {
      const late = Array.from({ length: FAILURES }, () =>
        trial.permit('a closed breaker should let calls through'),
      );
      trial.breaker.reset();
      for (const permit of late) await trial.report(permit, 'failure');
      trial.stands('closed', `after ${FAILURES} failures of calls made before reset()`);
    },
  },
];

const stateCases: readonly ContractCase<BreakerTrial>[] = [
  {
    promise: 'it begins closed and lets calls through',
    check: async (trial) => {
      trial.stands('closed', 'at first');
      equal(trial.breaker.isOpen(), false, 'isOpen() should be false while closed');
      for (let calls = 0; calls < 20; calls += 1) await trial.call('success');
      trial.stands('closed', 'after successes');
    },
  },
  {
    promise: 'closed lets any number of calls through at once',
    check: (trial) => {
      const permits = trial.allPermits();
      equal(permits.length, MANY, `only ${permits.length} calls were let through at once`);
    },
  },
  {
    promise: `it opens with the failure that reaches the threshold, and with none before`,
    check: async (trial) => {
      await trial.fail(FAILURES - 1);
      trial.stands('closed', `after ${FAILURES - 1} failures`);
      await trial.fail(1);
      trial.stands('open', `after ${FAILURES} failures`);
      equal(trial.breaker.isOpen(), true, 'isOpen() should be true while open');
    },
  },
  {
    promise: 'recordFailure and recordSuccess count as the reports of a permit do',
    check: async (trial) => {
      for (let calls = 0; calls < FAILURES; calls += 1) trial.breaker.recordSuccess();
      await microtasksDrained();
      trial.stands('closed', 'after recorded successes');
      trial.breaker.reset();
      await trial.recordFailures(FAILURES);
      trial.stands('open', `after ${FAILURES} recorded failures`);
    },
  },
  {
    promise: 'open refuses calls, and retryAfterMs says how long until one may be let through',
    check: async (trial) => {
      await trial.open();
      const first = trial.refusal('while open');
      ok(first > 0 && first <= OPEN_MS, `retryAfterMs is ${first} of an open time of ${OPEN_MS}`);
      await trial.clock.advance(OPEN_MS / 2);
      const second = trial.refusal('half way through the open time');
      ok(second < first, `retryAfterMs went from ${first} to ${second} in half the open time`);
      await trial.clock.advance(second);
      trial.permit(`a call should be let through after the ${second} ms of retryAfterMs`);
    },
  },
  {
    promise: 'it turns half open when the open time is over',
    check: async (trial) => {
      await trial.open();
      await trial.clock.advance(OPEN_MS - 1000);
      trial.stands('open', 'shortly before the open time is over');
      await trial.clock.advance(1000);
      trial.stands('half_open', 'when the open time is over');
      equal(trial.breaker.isOpen(), false, 'isOpen() should be false while half open');
    },
  },
];

const probeCases: readonly ContractCase<BreakerTrial>[] = [
  {
    promise: 'half open lets a few calls probe and refuses the others',
    check: async (trial) => {
      await trial.halfOpen();
      const probes = trial.allPermits();
      ok(probes.length > 0, 'no probe was let through');
      ok(probes.length < MANY, `${MANY} probes were let through at once`);
      const wait = trial.refusal('while all probes are under way');
      ok(wait >= 0, `retryAfterMs is ${wait} while all probes are under way`);
    },
  },
  {
    promise: 'a probe that fails opens it again, for the open time',
    check: async (trial) => {
      await trial.halfOpen();
      await trial.call('failure');
      trial.stands('open', 'after a probe failed');
      trial.refusal('after a probe failed');
      await trial.clock.advance(OPEN_MS - 1000);
      trial.stands('open', 'before the second open time is over');
    },
  },
  {
    promise: 'probes that succeed close it',
    check: async (trial) => {
      await trial.halfOpen();
      for (let probes = 0; probes < MANY && trial.breaker.state !== 'closed'; probes += 1) {
        await trial.call('success');
      }
      trial.stands('closed', 'after probes that all succeeded');
      await trial.fail(FAILURES - 1);
      trial.stands('closed', 'after fewer failures than the threshold, counted from its closing');
    },
  },
  {
    promise: 'reset() closes it and forgets the failures',
    check: async (trial) => {
      await trial.fail(FAILURES - 1);
      trial.breaker.reset();
      await trial.fail(FAILURES - 1);
      trial.stands('closed', `after reset() and ${FAILURES - 1} failures`);
      await trial.fail(1);
      trial.stands('open', `after reset() and ${FAILURES} failures`);
      trial.breaker.reset();
      trial.stands('closed', 'after reset()');
      await trial.call('success');
    },
  },
];

function connectionFailure(): ConnectionError {
  return new ConnectionError('The contract suite made this call fail.');
}

/**
 * Checks what `CircuitBreaker` promises: its three states and how it goes from one
 * to the next, permits that count once, late reports that count for nothing.
 */
export function describeCircuitBreakerContract(options: CircuitBreakerContractOptions): void {
  const failure = options.failure ?? connectionFailure;
  const settings = { failureThreshold: FAILURES, openMs: OPEN_MS };
  const cases = [...stateCases, ...probeCases, ...permitCases].map(({ promise, check }) => ({
    promise,
    check: (trial: TimedTrial<CircuitBreaker>) => check(new BreakerTrial(trial, failure)),
  }));
  describeContract(options, timedContract('CircuitBreaker', options, settings, cases));
}
