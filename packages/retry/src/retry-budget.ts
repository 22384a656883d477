import { isIntegrationError, type OptionBounds, wholeOption } from '@integrations/errors';

/** What extra attempts are paid from. Share one among all that call one provider with one key. */
export interface RetryAllowance {
  /**
   * Takes the price of one extra attempt: of a retry after `error`, or of a hedge.
   * Gives what was taken, or undefined, with nothing taken, when too little is left.
   */
  tryWithdraw(error?: unknown): number | undefined;
  /** Pays in: what a success had cost, or without an amount what a first success earns. */
  deposit(amount?: number): void;
}

/** Options of `RetryBudget`, in whole tokens. */
export interface RetryBudgetOptions {
  /** What the budget starts with, and never exceeds. @default 500 */
  readonly capacity?: number | undefined;
  /** The price of a hedge, and of a retry after any failure but throttling. @default 14 */
  readonly transientCost?: number | undefined;
  /** The price of a retry after the server asked to slow down. @default 5 */
  readonly throttleCost?: number | undefined;
  /** What a success at the first attempt earns. @default 1 */
  readonly successRefund?: number | undefined;
  /** Tells throttling from other failures. @default the codes `rate_limit` and `overloaded` */
  readonly isThrottling?: ((error: unknown) => boolean) | undefined;
}

const NOT_NEGATIVE: OptionBounds = { least: 0 };

function saysSlowDown(error: unknown): boolean {
  return isIntegrationError(error) && (error.code === 'rate_limit' || error.code === 'overloaded');
}

/**
 * A bucket of tokens that bounds the extra load which retries and hedges make: when
 * most calls fail it runs dry, and failures surface at once instead of multiplying.
 * A retry that succeeds gets its price back; a first success earns a little.
 */
export class RetryBudget implements RetryAllowance {
  readonly #capacity: number;
  readonly #transientCost: number;
  readonly #throttleCost: number;
  readonly #successRefund: number;
  readonly #isThrottling: (error: unknown) => boolean;
  #available: number;

  /** @throws ConfigurationError that names the option which is wrong. */
  constructor(options: RetryBudgetOptions = {}) {
    this.#capacity = wholeOption('capacity', options.capacity ?? 500, NOT_NEGATIVE);
    this.#transientCost = wholeOption('transientCost', options.transientCost ?? 14, NOT_NEGATIVE);
    this.#throttleCost = wholeOption('throttleCost', options.throttleCost ?? 5, NOT_NEGATIVE);
    this.#successRefund = wholeOption('successRefund', options.successRefund ?? 1, NOT_NEGATIVE);
    this.#isThrottling = options.isThrottling ?? saysSlowDown;
    this.#available = this.#capacity;
  }

  /** Tokens left: from 0 to the capacity. */
  get available(): number {
    return this.#available;
  }

  tryWithdraw(error?: unknown): number | undefined {
    const throttled = error !== undefined && this.#isThrottling(error);
    const cost = throttled ? this.#throttleCost : this.#transientCost;
    if (cost > this.#available) return undefined;
    this.#available -= cost;
    return cost;
  }

  /** @throws RangeError when the amount is not a whole number of 0 or more. */
  deposit(amount: number = this.#successRefund): void {
    if (!Number.isSafeInteger(amount) || amount < 0) {
      throw new RangeError(`a deposit must be a whole number of 0 or more, not ${String(amount)}`);
    }
    this.#available = Math.min(this.#capacity, this.#available + amount);
  }
}
