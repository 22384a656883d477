import type {
  BreakerPermit,
  BreakerRejection,
  Bulkhead,
  BulkheadPermit,
  BulkheadRequest,
  CircuitBreaker,
  Clock,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';

/** Wraps real parts, and counts what was taken and given back: anything twice is a fault at once. */
export class PartsLedger {
  unsettled = 0;
  places = 0;
  ratePermits = 0;
  timers = 0;
  readonly verdicts: string[] = [];
  /** What was done wrong: thrown as well, but an orchestrator may take that for a failure of the work. */
  readonly faults: string[] = [];

  /** @throws Error when that is false. */
  expect(holds: boolean, fault: string): void {
    if (holds) return;
    this.faults.push(fault);
    throw new Error(fault);
  }

  clock(inner: Clock): Clock {
    return {
      now: () => inner.now(),
      epoch: () => inner.epoch(),
      sleep: (ms, signal) => inner.sleep(ms, signal),
      schedule: (callback, ms) => {
        this.timers += 1;
        let isSet = true;
        const end = (): void => {
          if (isSet) this.timers -= 1;
          isSet = false;
        };
        const timer = inner.schedule(() => {
          end();
          callback();
        }, ms);
        return {
          [Symbol.dispose]: () => {
            end();
            timer[Symbol.dispose]();
          },
        };
      },
    };
  }

  breaker(inner: CircuitBreaker): CircuitBreaker {
    return {
      get state() {
        return inner.state;
      },
      isOpen: () => inner.isOpen(),
      tryAcquire: () => this.#breakerPermit(inner.tryAcquire()),
      recordSuccess: () => this.expect(false, 'permits are settled instead'),
      recordFailure: () => this.expect(false, 'permits are settled instead'),
      reset: () => inner.reset(),
    };
  }

  bulkhead(inner: Bulkhead): Bulkhead {
    const place = (permit: BulkheadPermit): BulkheadPermit => {
      this.places += 1;
      let isTaken = true;
      return {
        release: (outcome) => {
          this.expect(isTaken, 'a place was given back twice');
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

  /** @param onAsked is told of what is asked, and whether it may have to wait. */
  limiter(
    inner: RateLimiter,
    onAsked: (request: RateLimitRequest | undefined, mayWait: boolean) => void,
  ): RateLimiter {
    const charged = (permit: RateLimitPermit): RateLimitPermit => {
      this.ratePermits += 1;
      let isTaken = true;
      return {
        settle: (actual) => permit.settle(actual),
        release: () => {
          this.expect(isTaken, 'a rate permit was given back twice');
          isTaken = false;
          this.ratePermits -= 1;
          permit.release();
        },
      };
    };
    return {
      acquire: async (request?: RateLimitRequest) => {
        onAsked(request, true);
        return charged(await inner.acquire(request));
      },
      tryAcquire: (request) => {
        onAsked(request, false);
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
      this.expect(isTaken, 'a breaker permit was settled twice');
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
