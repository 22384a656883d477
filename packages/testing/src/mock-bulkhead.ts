import type {
  Bulkhead,
  BulkheadOutcome,
  BulkheadPermit,
  BulkheadRequest,
} from '@integrations/types';
import { MockGate, mockRefusal } from './mock-gate.ts';

/** A permit that keeps how it was released. */
export class MockBulkheadPermit implements BulkheadPermit {
  readonly request: BulkheadRequest;
  /** The outcome of each release, in order; undefined where none was told. */
  readonly releases: readonly (BulkheadOutcome | undefined)[];
  readonly #releases: (BulkheadOutcome | undefined)[] = [];

  constructor(request: BulkheadRequest) {
    this.request = request;
    this.releases = this.#releases;
  }

  release(outcome?: BulkheadOutcome): void {
    this.#releases.push(outcome);
  }
}

/** Bounds nothing, until told otherwise, and keeps what it was asked and told. */
export class MockBulkhead implements Bulkhead {
  /** What each `acquire` and `tryAcquire` asked for, those refused included. */
  readonly requests: readonly BulkheadRequest[];
  /** The permits given out, in that order. */
  readonly permits: readonly MockBulkheadPermit[];
  readonly #requests: BulkheadRequest[] = [];
  readonly #permits: MockBulkheadPermit[] = [];
  readonly #gate = new MockGate();

  constructor() {
    this.requests = this.#requests;
    this.permits = this.#permits;
  }

  /** How many permits were given out and not released. Should be 0 after a test. */
  get inFlight(): number {
    return this.#permits.filter(({ releases }) => releases.length === 0).length;
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
  refuse(error: unknown = mockRefusal('This MockBulkhead')): void {
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

  async acquire(request: BulkheadRequest = {}): Promise<BulkheadPermit> {
    this.#requests.push(request);
    await this.#gate.pass(request.signal);
    return this.#issue(request);
  }

  tryAcquire(): BulkheadPermit | undefined {
    this.#requests.push({});
    return this.#gate.isOpen ? this.#issue({}) : undefined;
  }

  #issue(request: BulkheadRequest): MockBulkheadPermit {
    const permit = new MockBulkheadPermit(request);
    this.#permits.push(permit);
    return permit;
  }
}
