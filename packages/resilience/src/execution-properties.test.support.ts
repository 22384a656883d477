import { deepEqual, equal, fail, ok } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createCircuitBreaker, type ObservableCircuitBreaker } from '@integrations/circuit-breaker';
import { ConnectionError, isIntegrationError } from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type {
  AttemptContext,
  BreakerPermit,
  BreakerRejection,
  Bulkhead,
  BulkheadPermit,
  BulkheadRequest,
  CircuitBreaker,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { ResilienceOrchestrator } from './resilience-orchestrator.ts';

/** How one attempt's work goes. */
export interface Work {
  readonly kind: 'succeed' | 'fail' | 'foreign' | 'throw' | 'stream';
  readonly takesMs: number;
  /** Whether it ends early when its signal aborts. */
  readonly heeds: boolean;
  /** For a stream: when it is disposed of after the result, and how often. */
  readonly readMs: number;
  readonly disposals: 0 | 1 | 2;
}

/** One caller. */
export interface Call {
  readonly startAt: number;
  readonly abortAt: number | undefined;
  readonly attemptTimeout: number;
  readonly totalTimeout: number;
  readonly tokens: number;
  /** The last one repeats. */
  readonly work: readonly Work[];
}

/** What happens to the breaker by hand. */
export interface Switch {
  readonly at: number;
  readonly to: 'open' | 'released';
}

export interface Program {
  readonly calls: readonly Call[];
  readonly switches: readonly Switch[];
  readonly places: number;
  readonly maxQueue: number;
  readonly requestsPerMinute: number;
}

export const LAST_MS = 120;

/** Wraps real parts, and counts what was taken and given back: anything twice is a fault at once. */
class Ledger {
  unsettled = 0;
  places = 0;
  ratePermits = 0;
  readonly verdicts: string[] = [];

  breaker(inner: CircuitBreaker): CircuitBreaker {
    return {
      get state() {
        return inner.state;
      },
      isOpen: () => inner.isOpen(),
      tryAcquire: () => this.#breakerPermit(inner.tryAcquire()),
      recordSuccess: () => fail('permits are settled instead'),
      recordFailure: () => fail('permits are settled instead'),
      reset: () => inner.reset(),
    };
  }

  bulkhead(inner: Bulkhead): Bulkhead {
    const place = (permit: BulkheadPermit): BulkheadPermit => {
      this.places += 1;
      let isTaken = true;
      return {
        release: (outcome) => {
          ok(isTaken, 'a place was given back twice');
          isTaken = false;
          this.places -= 1;
          permit.release(outcome);
        },
      };
    };
    return {
      acquire: async (request?: BulkheadRequest) => place(await inner.acquire(request)),
      tryAcquire: () => {
        const permit = inner.tryAcquire();
        return permit === undefined ? undefined : place(permit);
      },
    };
  }

  limiter(inner: RateLimiter): RateLimiter {
    const charged = (permit: RateLimitPermit): RateLimitPermit => {
      this.ratePermits += 1;
      let isTaken = true;
      return {
        settle: (actual) => permit.settle(actual),
        release: () => {
          ok(isTaken, 'a rate permit was given back twice');
          isTaken = false;
          this.ratePermits -= 1;
          permit.release();
        },
      };
    };
    return {
      acquire: async (request?: RateLimitRequest) => charged(await inner.acquire(request)),
      tryAcquire: (request) => {
        const permit = inner.tryAcquire(request);
        return permit === undefined ? undefined : charged(permit);
      },
      updateLimits: (observed) => inner.updateLimits(observed),
      available: () => inner.available(),
    };
  }

  #breakerPermit(answer: BreakerPermit | BreakerRejection): BreakerPermit | BreakerRejection {
    if (!answer.allowed) return answer;
    this.unsettled += 1;
    let isTaken = true;
    const settle = (verdict: string, report: () => void): void => {
      ok(isTaken, 'a breaker permit was settled twice');
      isTaken = false;
      this.unsettled -= 1;
      this.verdicts.push(verdict);
      report();
    };
    return {
      allowed: true,
      success: () => settle('success', () => answer.success()),
      failure: (error) => settle('failure', () => answer.failure(error)),
      ignore: () => settle('ignore', () => answer.ignore()),
    };
  }
}

function verdictOf(error: unknown): string {
  return isIntegrationError(error) && error.code === 'aborted' ? 'ignore' : 'failure';
}

/** Runs a program and compares what the parts hold with what the work itself does. */
export class Trial {
  readonly #clock = new ManualClock();
  readonly #ledger = new Ledger();
  readonly #program: Program;
  readonly #breaker: ObservableCircuitBreaker;
  readonly #semaphore: Semaphore;
  readonly #orchestrator: ResilienceOrchestrator;
  readonly #controllers: AbortController[];
  readonly #settled: number[];
  readonly #expectedVerdicts: string[] = [];
  readonly #open = new Set<Disposable>();
  /** Operations that have not ended, stopped ones included. */
  #running = 0;
  /** Those of them that were not stopped. */
  #wanted = 0;
  #started = 0;

  constructor(program: Program) {
    const clock = this.#clock;
    this.#program = program;
    this.#breaker = createCircuitBreaker({
      window: { type: 'consecutive' },
      failureThreshold: 4,
      openDuration: 30,
      clock,
    });
    this.#semaphore = new Semaphore({ limit: program.places, maxQueue: program.maxQueue, clock });
    const limiter = createRateLimiter({
      requestsPerMinute: program.requestsPerMinute,
      tokensPerMinute: 20,
      maxQueue: program.maxQueue,
      clock,
    });
    const policy = new ExponentialBackoff({ maxAttempts: 3, initialDelay: 5, jitter: 'none' });
    this.#orchestrator = new ResilienceOrchestrator({
      retry: createRetryExecutor(policy, { clock, random: () => 0 }),
      circuitBreaker: this.#ledger.breaker(this.#breaker),
      rateLimiter: this.#ledger.limiter(limiter),
      bulkhead: this.#ledger.bulkhead(this.#semaphore),
      clock,
    });
    this.#controllers = program.calls.map(() => new AbortController());
    this.#settled = program.calls.map(() => 0);
  }

  async run(): Promise<void> {
    const { calls, switches } = this.#program;
    for (let now = 0; now <= LAST_MS; now += 1) {
      for (const { at, to } of switches) {
        if (at !== now) continue;
        if (to === 'open') this.#breaker.forceOpen();
        else this.#breaker.releaseForce();
      }
      calls.forEach((call, index) => {
        if (call.startAt === now) this.#call(call, index);
      });
      calls.forEach(({ abortAt }, index) => {
        if (abortAt === now) this.#controllers[index]?.abort();
      });
      await this.#clock.advance(0);
      this.#check();
      calls.forEach(({ abortAt, startAt }, index) => {
        if (abortAt === undefined || abortAt > now || startAt > now) return;
        equal(this.#settled[index], 1, 'an aborted call goes on');
      });
      calls.forEach(({ startAt, totalTimeout }, index) => {
        if (totalTimeout === 0 || now < startAt + totalTimeout) return;
        equal(this.#settled[index], 1, 'a call outlasts its total timeout');
      });
      await this.#clock.advance(1);
      this.#check();
    }
    await this.#clock.runAll();
    this.#check();
    // Whoever never disposes of a stream keeps others waiting for its place.
    while (this.#open.size > 0) {
      for (const handle of this.#open) this.#dispose(handle);
      await this.#clock.runAll();
      this.#check();
    }
    this.#checkEnd();
  }

  #call(call: Call, index: number): void {
    const { attemptTimeout, totalTimeout, tokens } = call;
    const controller = this.#controllers[index] ?? fail('each call has one');
    const count = (): void => {
      this.#settled[index] = (this.#settled[index] ?? 0) + 1;
    };
    this.#orchestrator
      .execute((attempt) => this.#work(attempt, call), {
        signal: controller.signal,
        attemptTimeout,
        totalTimeout,
        cost: { tokens },
      })
      .then(
        (stream) => {
          count();
          if (stream !== undefined) this.#read(stream.handle, stream.work);
        },
        (error: unknown) => {
          count();
          if (controller.signal.aborted && this.#clock.now() === call.abortAt) {
            equal(isIntegrationError(error) && error.code, 'aborted');
          }
        },
      );
  }

  #work(
    attempt: AttemptContext,
    call: Call,
  ): Promise<{ readonly handle: Disposable; readonly work: Work } | undefined> {
    const work = call.work[attempt.attempt - 1] ?? call.work.at(-1);
    if (work === undefined) return fail('a call has work');
    this.#started += 1;
    ok(attempt.permit, 'work begins without its rate permit');
    if (work.kind === 'throw') {
      this.#expectedVerdicts.push('failure');
      throw new ConnectionError('thrown before the first await');
    }
    return this.#asyncWork(attempt, work);
  }

  async #asyncWork(
    attempt: AttemptContext,
    work: Work,
  ): Promise<{ readonly handle: Disposable; readonly work: Work } | undefined> {
    const signal = attempt.signal ?? fail('there is always a signal');
    let isWanted = true;
    const unwanted = (verdict: string): void => {
      if (!isWanted) return;
      isWanted = false;
      this.#wanted -= 1;
      this.#expectedVerdicts.push(verdict);
    };
    this.#running += 1;
    this.#wanted += 1;
    signal.addEventListener('abort', () => unwanted(verdictOf(signal.reason)));
    try {
      await this.#clock.sleep(work.takesMs, work.heeds ? signal : undefined);
      if (work.kind === 'fail') throw new ConnectionError('reset');
      if (work.kind === 'foreign') throw new RangeError('foreign');
      const handle = work.kind === 'stream' ? attempt.keepOpen?.() : undefined;
      unwanted('success');
      if (handle === undefined) return undefined;
      if (!signal.aborted) this.#open.add(handle);
      return { handle, work };
    } catch (error) {
      unwanted('failure');
      throw error;
    } finally {
      this.#running -= 1;
    }
  }

  #read(handle: Disposable, { readMs, disposals }: Work): void {
    for (let times = 0; times < disposals; times += 1) {
      void this.#clock.sleep(readMs + times).then(() => this.#dispose(handle));
    }
  }

  #dispose(handle: Disposable): void {
    handle[Symbol.dispose]();
    this.#open.delete(handle);
  }

  #check(): void {
    const { places, unsettled, ratePermits } = this.#ledger;
    equal(places, this.#running + this.#open.size, 'places are held by work and open streams');
    equal(this.#semaphore.active, places, 'the semaphore knows all places');
    ok(places <= this.#program.places, 'there are no more than the places');
    equal(unsettled, this.#wanted, 'breaker permits are held by work that is waited for');
    const queued = this.#semaphore.waiting;
    equal(ratePermits, this.#started + queued, 'rate permits are charged or wait for a place');
  }

  #checkEnd(): void {
    deepEqual(
      this.#settled,
      this.#program.calls.map(() => 1),
      'each caller is told once',
    );
    equal(this.#semaphore.active + this.#semaphore.waiting, 0, 'a place has leaked');
    equal(this.#ledger.ratePermits, this.#started, 'what was not charged is given back');
    deepEqual(this.#ledger.verdicts.toSorted(), this.#expectedVerdicts.toSorted());
    equal(this.#breaker.statistics().inFlight, 0, 'a breaker permit has leaked');
    equal(this.#clock.pending, 0, 'a timer has leaked');
    for (const { signal } of this.#controllers) {
      equal(getEventListeners(signal, 'abort').length, 0, 'a listener has leaked');
    }
  }
}
