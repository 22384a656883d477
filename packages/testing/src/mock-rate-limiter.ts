import type {
  Availability,
  ObservedLimits,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { MockGate, mockRefusal } from './mock-gate.ts';

/** How a mock limiter begins. */
export interface MockRateLimiterOptions {
  /** What `available()` gives. @default no limit */
  readonly available?: Availability;
}

/** A permit that keeps what was done with it. */
export class MockRateLimitPermit implements RateLimitPermit {
  readonly request: RateLimitRequest;
  /** What it was settled to, in order; empty when it never was. */
  readonly settled: readonly { readonly tokens?: number }[];
  readonly #settled: { readonly tokens?: number }[] = [];
  #releases = 0;

  constructor(request: RateLimitRequest) {
    this.request = request;
    this.settled = this.#settled;
  }

  /** How often it was released; more than once does no harm in production. */
  get releases(): number {
    return this.#releases;
  }

  settle(actual: { readonly tokens?: number }): void {
    this.#settled.push(actual);
  }

  release(): void {
    this.#releases += 1;
  }
}

/** Lets every call through, until told otherwise, and keeps what it was asked and told. */
export class MockRateLimiter implements RateLimiter {
  /** What each `acquire` and `tryAcquire` asked for, those refused included. */
  readonly requests: readonly RateLimitRequest[];
  /** The permits given out, in that order. */
  readonly permits: readonly MockRateLimitPermit[];
  /** What `updateLimits` was told. */
  readonly updates: readonly ObservedLimits[];
  /** What `available()` gives. It changes nothing else. */
  availability: Availability;
  readonly #requests: RateLimitRequest[] = [];
  readonly #permits: MockRateLimitPermit[] = [];
  readonly #updates: ObservedLimits[] = [];
  readonly #gate = new MockGate();

  constructor(options: MockRateLimiterOptions = {}) {
    this.requests = this.#requests;
    this.permits = this.#permits;
    this.updates = this.#updates;
    this.availability = options.available ?? {
      requests: Number.POSITIVE_INFINITY,
      tokens: Number.POSITIVE_INFINITY,
    };
  }

  /** How many calls of `acquire` wait since `queue()`. */
  get waiting(): number {
    return this.#gate.waiting;
  }

  /** Lets every call through from now on, and those in that wait. */
  permit(): void {
    this.#gate.open();
  }

  /** Refuses from now on: `acquire` rejects with the error, `tryAcquire` gives undefined. */
  refuse(error: unknown = mockRefusal('This MockRateLimiter')): void {
    this.#gate.refuse(error);
  }

  /** Makes `acquire` wait from now on, until `admit` or `permit`; `tryAcquire` gives undefined. */
  queue(): void {
    this.#gate.hold();
  }

  /** Lets in those who have waited longest. */
  admit(count = 1): void {
    this.#gate.letIn(count);
  }

  async acquire(request: RateLimitRequest = {}): Promise<RateLimitPermit> {
    this.#requests.push(request);
    await this.#gate.pass(request.signal);
    return this.#issue(request);
  }

  tryAcquire(request: RateLimitRequest = {}): RateLimitPermit | undefined {
    this.#requests.push(request);
    return this.#gate.isOpen ? this.#issue(request) : undefined;
  }

  updateLimits(observed: ObservedLimits): void {
    this.#updates.push(observed);
  }

  available(): Availability {
    return this.availability;
  }

  #issue(request: RateLimitRequest): MockRateLimitPermit {
    const permit = new MockRateLimitPermit(request);
    this.#permits.push(permit);
    return permit;
  }
}
