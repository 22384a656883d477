import { type ErrorCode, isIntegrationError, wholeOption } from '@integrations/errors';
import { AdditiveIncrease, type ConcurrencyLaw, LatencyGradient } from './concurrency-law.ts';
import { SlotLine, type SlotUse } from './slot-line.ts';
import type { WaitLineOptions } from './wait-line.ts';

/** The settings of an `AdaptiveConcurrency`. */
export interface AdaptiveConcurrencyOptions extends WaitLineOptions {
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

/** When a slot was taken, and how often the limit had fallen by then. */
interface Mark {
  readonly falls: number;
  readonly since: number;
}

/** As many slots as the server bears, found out from how calls go. */
export class AdaptiveConcurrency extends SlotLine<Mark> {
  readonly #law: ConcurrencyLaw;
  readonly #min: number;
  readonly #max: number;
  readonly #isOverload: (error: unknown) => boolean;
  #limit: number;
  /** How often the limit fell: calls from before the last time may not lower it again. */
  #falls = 0;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: AdaptiveConcurrencyOptions = {}) {
    super(options);
    this.#min = wholeOption('min', options.min ?? 1, { least: 1 });
    this.#max = wholeOption('max', options.max ?? Math.max(200, this.#min), { least: this.#min });
    this.#limit =
      options.initial === undefined
        ? this.#bounded(20)
        : wholeOption('initial', options.initial, { least: this.#min, most: this.#max });
    this.#law = options.mode === 'gradient' ? new LatencyGradient() : new AdditiveIncrease();
    this.#isOverload = options.isOverload ?? meansOverload;
  }

  /** How many may be in flight at this moment. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  protected override mark(): Mark {
    return { falls: this.#falls, since: this.time.now() };
  }

  protected override onReturn({ outcome, inFlight, mark }: SlotUse<Mark>): void {
    if (outcome.error === undefined) {
      const { latencyMs = this.time.now() - mark.since } = outcome;
      if (!(latencyMs >= 0 && latencyMs < Infinity)) return;
      this.#limit = this.#bounded(this.#law.afterSuccess(this.#limit, { latencyMs, inFlight }));
    } else if (mark.falls === this.#falls && this.#isOverload(outcome.error)) {
      this.#falls += 1;
      this.#limit = this.#bounded(this.#law.afterOverload(this.#limit));
    }
  }

  #bounded(limit: number): number {
    return Math.min(this.#max, Math.max(this.#min, limit));
  }
}
