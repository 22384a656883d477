import { countOption, finiteOption } from '@integrations/errors';
import type { Limit } from './limit.ts';

/** The settings of a `SlidingWindow`. */
export interface SlidingWindowOptions {
  /** The most that any stretch of `windowMs` may hold; `Infinity` only keeps the log. */
  readonly limit: number;
  /** Milliseconds. @default 60_000 */
  readonly windowMs?: number;
}

const FIRST_SIZE = 16;

/** As many entries are kept one by one. */
const EXACT_ENTRIES = 1024;

/** Beyond that, this part of the window is pooled into one entry. */
const POOLED_PART = 1 / 4096;

/**
 * A precise sliding window: any stretch of `windowMs` holds at most `limit`. It keeps
 * a log of what was taken, so a limit may be changed and an entry corrected in
 * place. Past 1024 entries, neighbours within 1/4096 of the window are pooled and
 * leave together with the last of them, so that memory is bounded: 256 KB at most.
 */
export class SlidingWindow implements Limit {
  readonly windowMs: number;
  readonly #poolMs: number;
  #limit: number;
  #used = 0;

  /** Moments and amounts in a ring of a power of two; an entry's number is its ticket. */
  #moments: Float64Array = new Float64Array(FIRST_SIZE);
  #amounts: Float64Array = new Float64Array(FIRST_SIZE);
  /** The oldest entry's number. */
  #first = 0;
  /** Entries before this one are not in the ring any more, or never were. */
  #forgotten = 0;
  /** The number that the next entry gets. */
  #next = 0;
  /** When the newest entry began. */
  #newestSince = 0;

  /** @throws ConfigurationError for a negative or fractional limit, or a window that is not above 0. */
  constructor(options: SlidingWindowOptions) {
    this.#limit = countOption('limit', options.limit, { least: 0 });
    this.windowMs = finiteOption('windowMs', options.windowMs ?? 60_000, { above: 0 });
    this.#poolMs = this.windowMs * POOLED_PART;
  }

  get capacity(): number {
    return this.#limit;
  }

  /** Changes the limit; what was taken stays taken. */
  resize(limit: number): void {
    this.#limit = countOption('limit', limit, { least: 0 });
  }

  canTake(cost: number, now: number): boolean {
    this.#forget(now);
    return this.#used + cost <= this.#limit;
  }

  readyAt(cost: number, now: number): number {
    this.#forget(now);
    if (this.#used + cost <= this.#limit) return now;
    if (this.#limit === 0) return Number.POSITIVE_INFINITY;
    const fullWindows = Math.max(0, Math.ceil(cost / this.#limit) - 1);
    const rest = cost - fullWindows * this.#limit;
    return this.#roomAt(this.#used + rest - this.#limit, now) + fullWindows * this.windowMs;
  }

  take(cost: number, now: number): number {
    const mask = this.#moments.length - 1;
    const entries = this.#next - this.#first;
    if (entries > 0) {
      const newest = (this.#next - 1) & mask;
      const moment = Math.max(now, this.#moments[newest] ?? now);
      if (entries >= EXACT_ENTRIES && moment - this.#newestSince < this.#poolMs) {
        this.#moments[newest] = moment;
        this.#amounts[newest] = (this.#amounts[newest] ?? 0) + cost;
        this.#used += cost;
        return this.#next - 1;
      }
      // Half of the ring is for entries that have left: `leftAfter` asks for them.
      if (entries * 2 > mask) this.#grow();
      return this.#append(cost, moment);
    }
    return this.#append(cost, now);
  }

  settle(ticket: number, reserved: number, actual: number): void {
    // An entry that has left the window counts no more, whatever it was.
    if (ticket < this.#first) return;
    const at = ticket & (this.#moments.length - 1);
    this.#amounts[at] = (this.#amounts[at] ?? 0) + actual - reserved;
    this.#used += actual - reserved;
  }

  refund(ticket: number, cost: number): void {
    this.settle(ticket, cost, 0);
  }

  available(now: number): number {
    return Math.max(0, this.#limit - this.used(now));
  }

  /** What the window that ends now holds; more than the limit if that fell, or more was used than reserved. */
  used(now: number): number {
    this.#forget(now);
    return this.#used;
  }

  /** What was taken after a moment, and is still in the window. */
  takenAfter(moment: number): number {
    const mask = this.#moments.length - 1;
    let taken = 0;
    for (let entry = this.#next - 1; entry >= this.#first; entry -= 1) {
      if ((this.#moments[entry & mask] ?? 0) <= moment) break;
      taken += this.#amounts[entry & mask] ?? 0;
    }
    return taken;
  }

  /**
   * What has left the window after a moment, as far as the log still tells: at least
   * as many entries are remembered as the window holds.
   */
  leftAfter(moment: number, now: number): number {
    this.#forget(now);
    const mask = this.#moments.length - 1;
    const oldest = Math.max(this.#forgotten, this.#next - this.#moments.length);
    let left = 0;
    for (let entry = this.#first - 1; entry >= oldest; entry -= 1) {
      if ((this.#moments[entry & mask] ?? 0) + this.windowMs <= moment) break;
      left += this.#amounts[entry & mask] ?? 0;
    }
    return left;
  }

  #append(cost: number, moment: number): number {
    const at = this.#next & (this.#moments.length - 1);
    this.#moments[at] = moment;
    this.#amounts[at] = cost;
    this.#newestSince = moment;
    this.#used += cost;
    this.#next += 1;
    return this.#next - 1;
  }

  #forget(now: number): void {
    const mask = this.#moments.length - 1;
    while (this.#first < this.#next) {
      const at = this.#first & mask;
      if ((this.#moments[at] ?? 0) + this.windowMs > now) return;
      this.#used -= this.#amounts[at] ?? 0;
      this.#first += 1;
    }
  }

  /** When that much has left the window. */
  #roomAt(missing: number, now: number): number {
    const mask = this.#moments.length - 1;
    let room = 0;
    for (let entry = this.#first; entry < this.#next; entry += 1) {
      if (room >= missing) break;
      room += this.#amounts[entry & mask] ?? 0;
      if (room >= missing) return (this.#moments[entry & mask] ?? now) + this.windowMs;
    }
    return now;
  }

  #grow(): void {
    const size = this.#moments.length;
    const moments = new Float64Array(size * 2);
    const amounts = new Float64Array(size * 2);
    for (let entry = this.#first; entry < this.#next; entry += 1) {
      moments[entry & (size * 2 - 1)] = this.#moments[entry & (size - 1)] ?? 0;
      amounts[entry & (size * 2 - 1)] = this.#amounts[entry & (size - 1)] ?? 0;
    }
    this.#moments = moments;
    this.#amounts = amounts;
    this.#forgotten = this.#first;
  }
}
