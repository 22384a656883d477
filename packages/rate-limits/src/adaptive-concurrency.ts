import { ConfigurationError, type ErrorCode, isIntegrationError } from '@integrations/errors';
import type { Bulkhead, BulkheadPermit, BulkheadRequest } from '@integrations/types';
import { AdditiveIncrease, type ConcurrencyLaw, LatencyGradient } from './concurrency-law.ts';
import { requireWhole } from './option-check.ts';
import { type BulkheadLineOptions, SlotLine, type SlotUse } from './slot-line.ts';

/** The settings of an `AdaptiveConcurrency`. */
export interface AdaptiveConcurrencyOptions extends BulkheadLineOptions {
  /**
   * `aimd` grows by one and falls to 90 % on overload. `gradient` also falls when the
   * time to the first byte grows. @default 'aimd'
   */
  readonly mode?: 'aimd' | 'gradient';
  /** How many may be in flight at first. @default 20, within the bounds below */
  readonly initial?: number;
  /** @default 1 */
  readonly min?: number;
  /** @default 200 */
  readonly max?: number;
  /** Whether an error means that there is too much in flight. @default 429, overload and timeouts */
  readonly isOverload?: (error: unknown) => boolean;
}

const OVERLOAD_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate_limit',
  'overloaded',
  'connect_timeout',
  'headers_timeout',
  'attempt_timeout',
  'stream_idle_timeout',
]);

function meansOverload(error: unknown): boolean {
  return isIntegrationError(error) && OVERLOAD_CODES.has(error.code);
}

const EMPTY_REQUEST: BulkheadRequest = {};

/** As many slots as the server bears, found out from how calls go. */
export class AdaptiveConcurrency implements Bulkhead {
  readonly #slots: SlotLine;
  readonly #law: ConcurrencyLaw;
  readonly #min: number;
  readonly #max: number;
  readonly #isOverload: (error: unknown) => boolean;
  #limit: number;
  /** How often the limit fell: calls from before the last time may not lower it again. */
  #falls = 0;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: AdaptiveConcurrencyOptions = {}) {
    this.#min = requireWhole('min', options.min ?? 1, 1);
    this.#max = requireWhole('max', options.max ?? Math.max(200, this.#min), this.#min);
    this.#limit = Math.min(this.#max, Math.max(this.#min, options.initial ?? 20));
    if (
      options.initial !== undefined &&
      this.#limit !== requireWhole('initial', options.initial, 1)
    ) {
      throw new ConfigurationError('`initial` must not be below `min` or above `max`.');
    }
    this.#law = options.mode === 'gradient' ? new LatencyGradient() : new AdditiveIncrease();
    this.#isOverload = options.isOverload ?? meansOverload;
    this.#slots = new SlotLine(options, {
      limit: () => this.limit,
      mark: () => this.#falls,
      onReturn: (use) => this.#learn(use),
    });
  }

  /** How many may be in flight at this moment. */
  get limit(): number {
    return Math.floor(this.#limit);
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

  #learn({ outcome, heldMs, inFlight, mark }: SlotUse): void {
    if (outcome.error === undefined) {
      const { latencyMs = heldMs } = outcome;
      if (!(latencyMs >= 0 && latencyMs < Infinity)) return;
      this.#set(this.#law.afterSuccess(this.#limit, { latencyMs, inFlight }));
    } else if (mark === this.#falls && this.#isOverload(outcome.error)) {
      this.#falls += 1;
      this.#set(this.#law.afterOverload(this.#limit));
    }
  }

  #set(limit: number): void {
    this.#limit = Math.min(this.#max, Math.max(this.#min, limit));
  }
}
