import type {
  AttemptObserver,
  AttemptQueue,
  BreakerPermit,
  BulkheadOutcome,
  BulkheadPermit,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { failFast, takeBreakerPermit } from './breaker-gate.ts';
import type { Protections } from './protections.ts';

/** What one attempt takes before its work may begin. Each thing is given back once. */
export class Admission {
  /** Is told of everything until the admission is cancelled. */
  observer: AttemptObserver | undefined;
  readonly #protections: Protections;
  rateLimitPermit: RateLimitPermit | undefined;
  breakerPermit: BreakerPermit | undefined;
  #place: BulkheadPermit | undefined;
  /** Where it asks to be let in, and has no answer. */
  #askedOf: AttemptQueue | undefined;

  constructor(protections: Protections) {
    this.#protections = protections;
  }

  /** @throws CircuitOpenError when the breaker is open. */
  lookAtBreaker(label: string): void {
    const { circuitBreaker } = this.#protections;
    if (circuitBreaker !== undefined) failFast(circuitBreaker, label, this.observer);
  }

  /** Takes what can be taken without waiting; false when something is missing still. */
  tryEnter(cost: RateLimitRequest): boolean {
    return this.#tryRateLimit(cost) && this.#tryPlace();
  }

  async waitForRateLimit(request: RateLimitRequest): Promise<void> {
    const { rateLimiter } = this.#protections;
    if (rateLimiter === undefined || this.rateLimitPermit !== undefined) return;
    const waitsSince = this.#wait('rate_limiter');
    this.rateLimitPermit = await rateLimiter.acquire(request);
    this.#enter(waitsSince);
  }

  async waitForPlace(request: RateLimitRequest): Promise<void> {
    const { bulkhead } = this.#protections;
    if (bulkhead === undefined || this.#tryPlace()) return;
    const waitsSince = this.#wait('bulkhead');
    this.#place = await bulkhead.acquire(request);
    this.#enter(waitsSince);
  }

  /** @throws CircuitOpenError when the breaker refuses. */
  passBreaker(label: string): void {
    const { circuitBreaker } = this.#protections;
    if (circuitBreaker === undefined) return;
    this.breakerPermit = takeBreakerPermit(circuitBreaker, label, this.observer);
  }

  /** Gives everything back: the work was not begun, because of this error. */
  cancel(error: unknown): void {
    const { breakerPermit, rateLimitPermit } = this;
    this.breakerPermit = undefined;
    this.rateLimitPermit = undefined;
    try {
      breakerPermit?.ignore();
    } finally {
      try {
        rateLimitPermit?.release();
      } finally {
        try {
          // With the error: a place that was never used is no quick success.
          this.leave({ error });
        } finally {
          this.#refuse(error);
        }
      }
    }
  }

  /** Gives the place in the bulkhead back. */
  leave(outcome: BulkheadOutcome): void {
    const place = this.#place;
    this.#place = undefined;
    place?.release(outcome);
  }

  #tryRateLimit(cost: RateLimitRequest): boolean {
    const { rateLimiter } = this.#protections;
    if (rateLimiter === undefined) return true;
    this.#askedOf = 'rate_limiter';
    this.rateLimitPermit = rateLimiter.tryAcquire(cost);
    if (this.rateLimitPermit === undefined) return false;
    this.#enter();
    return true;
  }

  #tryPlace(): boolean {
    const { bulkhead } = this.#protections;
    if (bulkhead === undefined) return true;
    this.#askedOf = 'bulkhead';
    this.#place = bulkhead.tryAcquire();
    if (this.#place === undefined) return false;
    this.#enter();
    return true;
  }

  /** Gives the time, for `#enter`: only an observer wants to know it. */
  #wait(queue: AttemptQueue): number {
    if (this.observer === undefined) return 0;
    this.observer.waiting(queue);
    return this.#protections.clock.now();
  }

  #enter(waitsSince?: number): void {
    const queue = this.#askedOf;
    this.#askedOf = undefined;
    if (this.observer === undefined || queue === undefined) return;
    const waitedMs = waitsSince === undefined ? 0 : this.#protections.clock.now() - waitsSince;
    this.observer.admitted(queue, waitedMs);
  }

  #refuse(error: unknown): void {
    const { observer } = this;
    this.observer = undefined;
    if (this.#askedOf !== undefined) observer?.refused(this.#askedOf, error);
  }
}
