import { classifyError } from '@integrations/circuit-breaker';
import {
  type BreakerPermit,
  type BreakerRejection,
  type CircuitBreaker,
  type CircuitState,
  type Clock,
  systemClock,
} from '@integrations/types';
import { CircuitState as CockatielState, type IBreaker } from 'cockatiel';

/** What a breaker is made from. */
export interface CockatielBreakerOptions {
  /** Makes what decides when it opens: `() => new SamplingBreaker({ threshold: 0.5, duration: 30_000 })`. */
  readonly opensBy: () => IBreaker;
  /** Milliseconds from opening to the probe that may close it. */
  readonly openMs: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

type Verdict = ReturnType<typeof classifyError>;

/**
 * A breaker that opens by a rule of cockatiel, of which a team may have its own already.
 * One successful probe closes it, one that fails opens it again.
 */
export class CockatielBreaker implements CircuitBreaker {
  readonly #opensBy: () => IBreaker;
  readonly #openMs: number;
  readonly #clock: Clock;
  #rule: IBreaker;
  /** Undefined while it is closed. */
  #openedAt: number | undefined;
  #isProbing = false;
  /** Changes with the state: a report from before says nothing of it. */
  #generation = 0;

  constructor({ opensBy, openMs, clock = systemClock }: CockatielBreakerOptions) {
    this.#opensBy = opensBy;
    this.#openMs = openMs;
    this.#clock = clock;
    this.#rule = opensBy();
  }

  get state(): CircuitState {
    if (this.#openedAt === undefined) return 'closed';
    return this.#waitMs(this.#openedAt) > 0 ? 'open' : 'half_open';
  }

  isOpen(): boolean {
    return this.state === 'open';
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    if (this.#openedAt === undefined) return this.#permit();
    const retryAfterMs = this.#waitMs(this.#openedAt);
    if (retryAfterMs > 0 || this.#isProbing) return { allowed: false, retryAfterMs };
    this.#isProbing = true;
    return this.#permit();
  }

  recordSuccess(): void {
    const answer = this.tryAcquire();
    if (answer.allowed) answer.success();
  }

  recordFailure(error?: unknown): void {
    const answer = this.tryAcquire();
    if (answer.allowed) answer.failure(error);
  }

  reset(): void {
    this.#change(undefined);
  }

  #waitMs(openedAt: number): number {
    return Math.max(0, openedAt + this.#openMs - this.#clock.now());
  }

  #permit(): BreakerPermit {
    const generation = this.#generation;
    let isReported = false;
    const report = (verdict: Verdict): void => {
      if (isReported || generation !== this.#generation) return;
      isReported = true;
      this.#judge(verdict);
    };
    return {
      allowed: true,
      success: () => report('success'),
      failure: (error) => report(classifyError(error)),
      ignore: () => report('ignore'),
    };
  }

  #judge(verdict: Verdict): void {
    const wasProbe = this.#isProbing;
    this.#isProbing = false;
    if (verdict === 'ignore') return;
    if (wasProbe) {
      this.#change(verdict === 'success' ? undefined : this.#clock.now());
    } else if (verdict === 'success') {
      this.#rule.success(CockatielState.Closed);
    } else if (this.#rule.failure(CockatielState.Closed)) {
      this.#change(this.#clock.now());
    }
  }

  #change(openedAt: number | undefined): void {
    this.#openedAt = openedAt;
    this.#isProbing = false;
    this.#generation += 1;
    if (openedAt === undefined) this.#rule = this.#opensBy();
  }
}
