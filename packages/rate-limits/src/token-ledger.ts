import { SlidingWindow, type SlidingWindowOptions } from './sliding-window.ts';

/**
 * What a provider in the end charges for a reservation: the tokens used (`actual`),
 * never less than was reserved (`neverBelowReserved`), or a rule of your own that
 * gives the tokens charged.
 */
export type SettleRule =
  | 'actual'
  | 'neverBelowReserved'
  | ((reserved: number, actual: number) => number);

/** The settings of a `TokenLedger`. */
export interface TokenLedgerOptions extends SlidingWindowOptions {
  /** @default 'actual' */
  readonly settle?: SettleRule;
}

/**
 * A sliding window of tokens: an estimate is reserved, and later corrected where it
 * stands. Unlike a bucket that is refunded it never lets more through than the
 * provider would count.
 */
export class TokenLedger extends SlidingWindow {
  readonly #rule: SettleRule;

  /** @throws ConfigurationError for a negative or fractional limit, or a window that is not above 0. */
  constructor(options: TokenLedgerOptions) {
    super(options);
    this.#rule = options.settle ?? 'actual';
  }

  /** What cannot be a number of tokens leaves the reservation as it is. */
  override settle(ticket: number, reserved: number, actual: number): void {
    const charged = Math.ceil(this.#charge(reserved, actual));
    if (Number.isSafeInteger(charged) && charged >= 0) super.settle(ticket, reserved, charged);
  }

  /** Whatever the rule: the call was never made. */
  override refund(ticket: number, cost: number): void {
    super.settle(ticket, cost, 0);
  }

  #charge(reserved: number, actual: number): number {
    if (this.#rule === 'actual') return actual;
    if (this.#rule === 'neverBelowReserved') return Math.max(reserved, actual);
    return this.#rule(reserved, actual);
  }
}
