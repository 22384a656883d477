import { finiteOption, wholeOption } from '@integrations/errors';
import type { Limit } from './limit.ts';
import { RateTicks } from './rate-ticks.ts';

/** The settings of a `TokenBucket`. */
export interface TokenBucketOptions {
  /** How many units the bucket holds: the largest burst. It begins full. */
  readonly capacity: number;
  /** How many units flow in within `periodMs`. @default capacity */
  readonly refill?: number;
  /** Milliseconds. @default 60_000 */
  readonly periodMs?: number;
}

/**
 * A bucket that refills steadily. Good for limits whose costs are known beforehand;
 * for estimates that are corrected later use `TokenLedger`.
 */
export class TokenBucket implements Limit {
  readonly capacity: number;
  readonly #ticks: RateTicks;
  readonly #full: number;
  /** In ticks, as of `#filledAt`; below zero when more was used than reserved. */
  #level: number;
  #filledAt: number = Number.NEGATIVE_INFINITY;

  /** @throws ConfigurationError for a capacity or refill below 1, or a period that is not above 0. */
  constructor(options: TokenBucketOptions) {
    this.capacity = wholeOption('capacity', options.capacity, { least: 1 });
    const refill = wholeOption('refill', options.refill ?? options.capacity, { least: 1 });
    const periodMs = finiteOption('periodMs', options.periodMs ?? 60_000, { above: 0 });
    this.#ticks = new RateTicks(periodMs / refill);
    this.#full = this.#ticks.ofUnits(this.capacity);
    this.#level = this.#full;
  }

  canTake(cost: number, now: number): boolean {
    this.#fill(now);
    return this.#level >= this.#ticks.ofUnits(cost);
  }

  readyAt(cost: number, now: number): number {
    this.#fill(now);
    const missing = this.#ticks.ofUnits(cost) - this.#level;
    return missing <= 0 ? now : this.#ticks.toMoment(this.#filledAt + missing);
  }

  take(cost: number, now: number): number {
    this.#fill(now);
    this.#level -= this.#ticks.ofUnits(cost);
    return now;
  }

  settle(ticket: number, reserved: number, actual: number, now: number): void {
    if (actual > reserved) this.take(actual - reserved, now);
    else this.refund(ticket, reserved - actual, now);
  }

  /**
   * What flowed in since the taking is kept back: a bucket that had stood full would
   * have spilt it, and giving it back would let more than the capacity out at once.
   */
  refund(ticket: number, cost: number, now: number): void {
    this.#fill(now);
    const elapsed = this.#ticks.ofMoment(now) - this.#ticks.ofMoment(ticket);
    const back = Math.max(0, this.#ticks.ofUnits(cost) - Math.max(0, elapsed));
    this.#level = Math.min(this.#full, this.#level + back);
  }

  available(now: number): number {
    this.#fill(now);
    return Math.max(0, this.#ticks.toUnits(this.#level));
  }

  #fill(now: number): void {
    const tick = this.#ticks.ofMoment(now);
    if (tick <= this.#filledAt) return;
    this.#level = Math.min(this.#full, this.#level + (tick - this.#filledAt));
    this.#filledAt = tick;
  }
}
