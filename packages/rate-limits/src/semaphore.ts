import type { Bulkhead, BulkheadPermit, BulkheadRequest } from '@integrations/types';
import { requireWhole } from './option-check.ts';
import { type BulkheadLineOptions, SlotLine } from './slot-line.ts';

/** The settings of a `Semaphore`. */
export interface SemaphoreOptions extends BulkheadLineOptions {
  /** How many may be in flight at a time. */
  readonly limit: number;
}

const EMPTY_REQUEST: BulkheadRequest = {};

/** A fixed number of slots. */
export class Semaphore implements Bulkhead {
  readonly #slots: SlotLine;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: SemaphoreOptions) {
    const limit = requireWhole('limit', options.limit, 1);
    this.#slots = new SlotLine(options, {
      limit: () => limit,
      mark: () => 0,
      onReturn: () => undefined,
    });
  }

  /** How many are in flight. */
  get active(): number {
    return this.#slots.active;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#slots.waiting;
  }

  /**
   * @throws ValidationError for a priority or a deadline that cannot be one.
   * @throws AbortedError, or the typed reason of the signal, as soon as that aborts.
   * @throws DeadlineError as soon as the deadline has passed.
   * @throws QueueFullError at once when too many wait already.
   */
  acquire(request: BulkheadRequest = EMPTY_REQUEST): Promise<BulkheadPermit> {
    return this.#slots.acquire(request);
  }

  tryAcquire(): BulkheadPermit | undefined {
    return this.#slots.tryAcquire();
  }

  /**
   * Runs work in a slot, which is free again when the work has ended and not before,
   * whatever the signal does meanwhile.
   *
   * @throws whatever `acquire` and the work throw.
   */
  async run<T>(work: () => Promise<T>, request: BulkheadRequest = EMPTY_REQUEST): Promise<T> {
    const permit = await this.acquire(request);
    try {
      return await work();
    } finally {
      permit.release();
    }
  }
}
