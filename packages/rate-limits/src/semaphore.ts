import { wholeOption } from '@integrations/errors';
import type { BulkheadRequest } from '@integrations/types';
import { SlotLine } from './slot-line.ts';
import type { WaitLineOptions } from './wait-line.ts';

/** The settings of a `Semaphore`. */
export interface SemaphoreOptions extends WaitLineOptions {
  /** How many may be in flight at a time. */
  readonly limit: number;
}

/** A fixed number of slots. */
export class Semaphore extends SlotLine<undefined> {
  readonly #limit: number;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: SemaphoreOptions) {
    super(options);
    this.#limit = wholeOption('limit', options.limit, { least: 1 });
  }

  /** How many may be in flight at a time. */
  get limit(): number {
    return this.#limit;
  }

  protected override mark(): undefined {
    return undefined;
  }

  protected override onReturn(): void {}

  /**
   * Runs work in a slot, which is free again when the work has ended and not before,
   * whatever the signal does meanwhile.
   *
   * @throws whatever `acquire` and the work throw.
   */
  async run<T>(work: () => Promise<T>, request?: BulkheadRequest): Promise<T> {
    const permit = await this.acquire(request);
    try {
      return await work();
    } finally {
      permit.release();
    }
  }
}
