import type {
  BreakerPermit,
  BreakerRejection,
  CircuitBreaker,
  CircuitState,
} from '@integrations/types';

/** How a mock breaker begins. */
export interface MockCircuitBreakerOptions {
  /** @default 'closed' */
  readonly state?: CircuitState;
  /** Milliseconds that refused calls are told to wait. @default 1000 */
  readonly retryAfterMs?: number;
}

/** What a breaker can be told of a call. */
export type MockBreakerReport =
  | { readonly outcome: 'success' }
  | { readonly outcome: 'failure'; readonly error: unknown }
  | { readonly outcome: 'ignore' };

/** A permit that keeps what it was told. */
export class MockBreakerPermit implements BreakerPermit {
  readonly allowed = true;
  /** Every report, in order. Only the first would count in production. */
  readonly reports: readonly MockBreakerReport[];
  readonly #reports: MockBreakerReport[] = [];

  constructor() {
    this.reports = this.#reports;
  }

  success(): void {
    this.#reports.push({ outcome: 'success' });
  }

  failure(error?: unknown): void {
    this.#reports.push({ outcome: 'failure', error });
  }

  ignore(): void {
    this.#reports.push({ outcome: 'ignore' });
  }
}

/**
 * A breaker whose state is what the test sets: no report changes it. It refuses
 * calls while open, lets them through otherwise, and keeps what it was told.
 */
export class MockCircuitBreaker implements CircuitBreaker {
  /** May be set at any time. */
  state: CircuitState;
  /** Milliseconds that refused calls are told to wait. May be set at any time. */
  retryAfterMs: number;
  /** The permits given out, in that order. */
  readonly permits: readonly MockBreakerPermit[];
  /** What `recordSuccess` and `recordFailure` were told, in order. */
  readonly recorded: readonly MockBreakerReport[];
  readonly #permits: MockBreakerPermit[] = [];
  readonly #recorded: MockBreakerReport[] = [];
  #rejections = 0;
  #resets = 0;

  constructor(options: MockCircuitBreakerOptions = {}) {
    this.state = options.state ?? 'closed';
    this.retryAfterMs = options.retryAfterMs ?? 1000;
    this.permits = this.#permits;
    this.recorded = this.#recorded;
  }

  /** How many calls were refused. */
  get rejections(): number {
    return this.#rejections;
  }

  /** How often `reset` was called. */
  get resets(): number {
    return this.#resets;
  }

  /** The permits that nobody has reported on: a call that forgot its own. Should be empty after a test. */
  get unreported(): readonly MockBreakerPermit[] {
    return this.#permits.filter(({ reports }) => reports.length === 0);
  }

  isOpen(): boolean {
    return this.state === 'open';
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    if (this.state === 'open') {
      this.#rejections += 1;
      return { allowed: false, retryAfterMs: this.retryAfterMs };
    }
    const permit = new MockBreakerPermit();
    this.#permits.push(permit);
    return permit;
  }

  recordSuccess(): void {
    this.#recorded.push({ outcome: 'success' });
  }

  recordFailure(error?: unknown): void {
    this.#recorded.push({ outcome: 'failure', error });
  }

  /** Closes the breaker. What was recorded stays. */
  reset(): void {
    this.state = 'closed';
    this.#resets += 1;
  }
}
