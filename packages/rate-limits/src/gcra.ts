import { finiteOption, wholeOption } from '@integrations/errors';
import type { Limit } from './limit.ts';
import { RateTicks } from './rate-ticks.ts';

/** The settings of a `Gcra`. */
export interface GcraOptions {
  /** How many units come back within `periodMs`. */
  readonly limit: number;
  /** Milliseconds. @default 60_000 */
  readonly periodMs?: number;
  /** How many may be taken at one moment. @default 1, which spaces them evenly */
  readonly burst?: number;
}

/**
 * The generic cell rate algorithm: two numbers of state, and in any stretch of time
 * no more than `burst` plus the rate times its length.
 */
export class Gcra implements Limit {
  readonly capacity: number;
  readonly #ticks: RateTicks;
  readonly #burst: number;
  /** The theoretical arrival time: when everything that was taken will have come back. */
  #arrival: number = Number.NEGATIVE_INFINITY;

  /** @throws ConfigurationError for a limit or burst below 1, or a period that is not above 0. */
  constructor(options: GcraOptions) {
    const limit = wholeOption('limit', options.limit, { least: 1 });
    const periodMs = finiteOption('periodMs', options.periodMs ?? 60_000, { above: 0 });
    this.capacity = wholeOption('burst', options.burst ?? 1, { least: 1 });
    this.#ticks = new RateTicks(periodMs / limit);
    this.#burst = this.#ticks.ofUnits(this.capacity);
  }

  canTake(cost: number, now: number): boolean {
    return this.#earliest(cost, now) <= this.#ticks.ofMoment(now);
  }

  readyAt(cost: number, now: number): number {
    const earliest = this.#earliest(cost, now);
    return earliest <= this.#ticks.ofMoment(now) ? now : this.#ticks.toMoment(earliest);
  }

  take(cost: number, now: number): number {
    this.#arrival = this.#from(now) + this.#ticks.ofUnits(cost);
    return now;
  }

  settle(ticket: number, reserved: number, actual: number, now: number): void {
    if (actual > reserved) this.take(actual - reserved, now);
    else this.refund(ticket, reserved - actual, now);
  }

  /**
   * The time since the taking is kept back: a limit that had stood full would have
   * lost it, and giving it back would let more than a burst out at once.
   */
  refund(ticket: number, cost: number, now: number): void {
    const elapsed = this.#ticks.ofMoment(now) - this.#ticks.ofMoment(ticket);
    this.#arrival -= Math.max(0, this.#ticks.ofUnits(cost) - Math.max(0, elapsed));
  }

  available(now: number): number {
    const backlog = this.#from(now) - this.#ticks.ofMoment(now);
    return Math.max(0, this.#ticks.toUnits(this.#burst - backlog));
  }

  #from(now: number): number {
    return Math.max(this.#arrival, this.#ticks.ofMoment(now));
  }

  #earliest(cost: number, now: number): number {
    return this.#from(now) + this.#ticks.ofUnits(cost) - this.#burst;
  }
}
