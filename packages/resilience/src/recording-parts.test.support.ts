import type {
  BreakerPermit,
  BreakerRejection,
  Bulkhead,
  BulkheadOutcome,
  BulkheadPermit,
  BulkheadRequest,
  CircuitBreaker,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';

/** Parts that write down, in one list, what is asked of them and given back to them. */
export interface Recording {
  readonly log: string[];
  readonly circuitBreaker: RecordingBreaker;
  readonly rateLimiter: RecordingLimiter;
  readonly bulkhead: RecordingBulkhead;
}

/** Somebody who waits until the test lets him in, whatever his signal does. */
interface Waiter {
  readonly enter: () => void;
  readonly signal: AbortSignal | undefined;
}

class Gate {
  isShut = false;
  readonly waiters: Waiter[] = [];

  pass(signal: AbortSignal | undefined): Promise<void> {
    if (!this.isShut) return Promise.resolve();
    return new Promise((enter) => {
      this.waiters.push({ enter, signal });
    });
  }

  admit(): void {
    this.waiters.shift()?.enter();
  }
}

class RecordingBreaker implements CircuitBreaker {
  readonly state = 'closed';
  /** What `isOpen` says; `refusesLate` is what `tryAcquire` does. */
  open = false;
  refuses: number | undefined;
  unsettled = 0;
  onAcquire: () => void = () => undefined;
  readonly #log: string[];

  constructor(log: string[]) {
    this.#log = log;
  }

  isOpen(): boolean {
    this.#log.push('peek');
    return this.open;
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    if (this.refuses !== undefined) {
      this.#log.push('breaker refuses');
      return { allowed: false, retryAfterMs: this.refuses };
    }
    this.#log.push('breaker');
    this.unsettled += 1;
    this.onAcquire();
    const settle = (outcome: string): void => {
      this.unsettled -= 1;
      this.#log.push(outcome);
    };
    return {
      allowed: true,
      success: () => settle('success'),
      failure: (error) => settle(`failure ${String((error as Error | undefined)?.name)}`),
      ignore: () => settle('ignore'),
    };
  }

  recordSuccess(): void {
    this.#log.push('recordSuccess');
  }

  recordFailure(): void {
    this.#log.push('recordFailure');
  }

  reset(): void {
    this.#log.push('reset');
  }
}

class RecordingLimiter extends Gate implements RateLimiter {
  readonly requests: RateLimitRequest[] = [];
  readonly #log: string[];

  constructor(log: string[]) {
    super();
    this.#log = log;
  }

  async acquire(request: RateLimitRequest = {}): Promise<RateLimitPermit> {
    this.#log.push('limiter queue');
    this.requests.push(request);
    await this.pass(request.signal);
    return this.#issue();
  }

  tryAcquire(request: RateLimitRequest = {}): RateLimitPermit | undefined {
    if (this.isShut) return undefined;
    this.requests.push(request);
    return this.#issue();
  }

  updateLimits(): void {
    this.#log.push('updateLimits');
  }

  available(): { requests: number; tokens: number } {
    return { requests: Infinity, tokens: Infinity };
  }

  #issue(): RateLimitPermit {
    this.#log.push('limiter');
    return {
      settle: () => this.#log.push('settle'),
      release: () => this.#log.push('limiter released'),
    };
  }
}

class RecordingBulkhead extends Gate implements Bulkhead {
  readonly requests: BulkheadRequest[] = [];
  readonly outcomes: (BulkheadOutcome | undefined)[] = [];
  readonly #log: string[];

  constructor(log: string[]) {
    super();
    this.#log = log;
  }

  async acquire(request: BulkheadRequest = {}): Promise<BulkheadPermit> {
    this.#log.push('bulkhead queue');
    this.requests.push(request);
    await this.pass(request.signal);
    return this.#issue();
  }

  tryAcquire(): BulkheadPermit | undefined {
    return this.isShut ? undefined : this.#issue();
  }

  #issue(): BulkheadPermit {
    this.#log.push('bulkhead');
    return {
      release: (outcome) => {
        this.#log.push('bulkhead released');
        this.outcomes.push(outcome);
      },
    };
  }
}

export function record(): Recording {
  const log: string[] = [];
  return {
    log,
    circuitBreaker: new RecordingBreaker(log),
    rateLimiter: new RecordingLimiter(log),
    bulkhead: new RecordingBulkhead(log),
  };
}

/** Work that the test ends when it likes, and that ignores its signal. */
export function pendingWork<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** What a call fails with. */
export async function failureOf(running: Promise<unknown>): Promise<unknown> {
  try {
    await running;
  } catch (error) {
    return error;
  }
  throw new Error('the call should have failed');
}
