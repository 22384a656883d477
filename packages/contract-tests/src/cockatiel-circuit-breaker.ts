import type {
  BreakerPermit,
  BreakerRejection,
  CircuitBreaker,
  CircuitState,
} from '@integrations/types';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState as CockatielState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';

/** What a cockatiel breaker is made from. */
export interface CockatielCircuitBreakerOptions {
  /** Opens at this many failures in a row. */
  readonly failureThreshold: number;
  /** Milliseconds from opening to half open. */
  readonly openMs: number;
}

type Report = 'success' | 'failure' | 'ignore';

/** What cockatiel is thrown for a call that says nothing of the service. */
const NO_OPINION: Error = new Error('The call says nothing of the service.');

/** Cockatiel's default: one call decides. */
const PROBES = 1;

/**
 * `CircuitBreaker` over cockatiel, as a team might write that has it already. A
 * permit is a call that cockatiel believes under way until it is reported on.
 * cockatiel goes by `Date.now()`, and can't be given a clock.
 */
export class CockatielCircuitBreaker implements CircuitBreaker {
  readonly #options: CockatielCircuitBreakerOptions;
  #policy: CircuitBreakerPolicy;
  #openedAt = 0;
  #probes = 0;
  /** Reports from before a change of state come too late to count. */
  #generation = 0;

  constructor(options: CockatielCircuitBreakerOptions) {
    this.#options = options;
    this.#policy = this.#createPolicy();
  }

  get state(): CircuitState {
    switch (this.#policy.state) {
      case CockatielState.Closed:
        return 'closed';
      case CockatielState.HalfOpen:
        return 'half_open';
      default:
        // cockatiel itself notices with the next call only.
        return this.#waitMs() > 0 ? 'open' : 'half_open';
    }
  }

  isOpen(): boolean {
    return this.state === 'open';
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    const { state } = this;
    const isFull = state === 'half_open' && this.#probes >= PROBES;
    if (state === 'open' || isFull) return { allowed: false, retryAfterMs: this.#waitMs() };
    return this.#begin();
  }

  recordSuccess(): void {
    const answer = this.tryAcquire();
    if (answer.allowed) answer.success();
  }

  recordFailure(error?: unknown): void {
    const answer = this.tryAcquire();
    if (answer.allowed) answer.failure(error);
  }

  /** cockatiel has no such thing. */
  reset(): void {
    this.#changeState();
    this.#policy = this.#createPolicy();
  }

  #createPolicy(): CircuitBreakerPolicy {
    const policy = circuitBreaker(
      handleWhen((error) => error !== NO_OPINION),
      {
        halfOpenAfter: this.#options.openMs,
        breaker: new ConsecutiveBreaker(this.#options.failureThreshold),
      },
    );
    policy.onStateChange((state) => {
      this.#changeState();
      if (state === CockatielState.Open) this.#openedAt = Date.now();
    });
    return policy;
  }

  #changeState(): void {
    this.#generation += 1;
    this.#probes = 0;
  }

  #waitMs(): number {
    return Math.max(0, this.#openedAt + this.#options.openMs - Date.now());
  }

  #begin(): BreakerPermit {
    let end: (report: Report) => void = () => undefined;
    const reported = new Promise<Report>((resolve) => {
      end = resolve;
    });
    let generation = this.#generation;
    const call = this.#policy.execute(async () => {
      const report = await reported;
      // Thrown, so that a late report says nothing.
      if (report === 'ignore' || generation !== this.#generation) throw NO_OPINION;
      if (report === 'failure') throw new Error('the call failed');
    });
    // What cockatiel makes of the call is seen in its state.
    void Promise.allSettled([call]);
    // Executing may have turned it half open.
    generation = this.#generation;
    if (this.#policy.state === CockatielState.HalfOpen) this.#probes += 1;
    return {
      allowed: true,
      success: () => end('success'),
      failure: () => end('failure'),
      ignore: () => end('ignore'),
    };
  }
}
