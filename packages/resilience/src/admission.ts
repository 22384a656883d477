import type {
  BreakerPermit,
  BulkheadOutcome,
  BulkheadPermit,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { takeBreakerPermit } from './breaker-gate.ts';
import type { Protections } from './protections.ts';

/** What one attempt takes before its work may begin. Each thing is given back once. */
export class Admission {
  readonly #protections: Protections;
  rateLimitPermit: RateLimitPermit | undefined;
  breakerPermit: BreakerPermit | undefined;
  #place: BulkheadPermit | undefined;

  constructor(protections: Protections) {
    this.#protections = protections;
  }

  /** Takes what can be taken without waiting; false when something is missing still. */
  tryEnter(cost: RateLimitRequest): boolean {
    const { rateLimiter, bulkhead } = this.#protections;
    if (rateLimiter !== undefined) {
      this.rateLimitPermit = rateLimiter.tryAcquire(cost);
      if (this.rateLimitPermit === undefined) return false;
    }
    if (bulkhead === undefined) return true;
    this.#place = bulkhead.tryAcquire();
    return this.#place !== undefined;
  }

  async waitForRateLimit(request: RateLimitRequest): Promise<void> {
    if (this.rateLimitPermit !== undefined) return;
    this.rateLimitPermit = await this.#protections.rateLimiter?.acquire(request);
  }

  async waitForPlace(request: RateLimitRequest): Promise<void> {
    this.#place = await this.#protections.bulkhead?.acquire(request);
  }

  /** @throws CircuitOpenError when the breaker refuses. */
  passBreaker(label: string): void {
    const { circuitBreaker } = this.#protections;
    if (circuitBreaker === undefined) return;
    this.breakerPermit = takeBreakerPermit(circuitBreaker, label);
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
        // With the error: a place that was never used is no quick success.
        this.leave({ error });
      }
    }
  }

  /** Gives the place in the bulkhead back. */
  leave(outcome: BulkheadOutcome): void {
    const place = this.#place;
    this.#place = undefined;
    place?.release(outcome);
  }
}
