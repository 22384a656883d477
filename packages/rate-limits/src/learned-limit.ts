import type { ObservedLimit } from '@integrations/types';
import type { SlidingWindow } from './sliding-window.ts';

/**
 * How far the response headers are believed: a stated limit replaces the configured
 * one (`follow`), only ever lowers it (`lower`), or headers change nothing (`ignore`).
 */
export type Learning = 'follow' | 'lower' | 'ignore';

/** A count in a header that can be one: a whole number of zero or more. */
function count(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/**
 * A sliding window that takes in what the server says of it. What others used, or a
 * limit that has just grown, is held back until the server's reset, so an
 * observation never admits more at once than was admitted before it.
 */
export class LearnedLimit {
  readonly #window: SlidingWindow;
  readonly #configured: number;
  readonly #learning: Learning;
  /** What may not be taken until `#heldUntil`. */
  #held = 0;
  #heldUntil: number = Number.NEGATIVE_INFINITY;
  /** The server gives no allowance at all until then. */
  #closedUntil: number = Number.NEGATIVE_INFINITY;
  /** From then on neither of them matters. */
  #freeFrom: number = Number.NEGATIVE_INFINITY;

  constructor(window: SlidingWindow, learning: Learning) {
    this.#window = window;
    this.#configured = window.capacity;
    this.#learning = learning;
  }

  /** The most that one call may cost; 0 while the server gives no allowance. */
  capacity(now: number): number {
    return now < this.#closedUntil ? 0 : this.#window.capacity;
  }

  canTake(cost: number, now: number): boolean {
    if (now >= this.#freeFrom) return this.#window.canTake(cost, now);
    if (now < this.#closedUntil) return cost === 0;
    return this.#window.canTake(cost + this.#heldAt(now), now);
  }

  /** As `Limit.readyAt`. */
  readyAt(cost: number, now: number): number {
    const ready = Math.max(this.#window.readyAt(cost, now), cost > 0 ? this.#closedUntil : now);
    const held = this.#heldAt(now);
    if (held === 0) return ready;
    return Math.min(
      Math.max(ready, this.#window.readyAt(cost + held, now)),
      Math.max(ready, this.#heldUntil),
    );
  }

  take(cost: number, now: number): number {
    return this.#window.take(cost, now);
  }

  settle(ticket: number, reserved: number, actual: number): void {
    this.#window.settle(ticket, reserved, actual);
  }

  refund(ticket: number, cost: number): void {
    this.#window.refund(ticket, cost);
  }

  available(now: number): number {
    return Math.max(0, this.#left(now));
  }

  /**
   * Takes in what a response states.
   *
   * @param sentAt when its request was sent; what was taken since is not in the
   *   server's count yet.
   */
  observe(observed: ObservedLimit, sentAt: number, now: number): void {
    if (this.#learning === 'ignore') return;
    const resetMs = observed.resetMs ?? Number.NaN;
    const resetAt = now + (resetMs >= 0 && resetMs < Infinity ? resetMs : this.#window.windowMs);
    const before = this.#left(now);
    const limit = count(observed.limit);
    if (limit === 0) this.#closedUntil = resetAt;
    else if (limit !== undefined) this.#resize(limit);
    this.#holdBack(this.#allowed(before, count(observed.remaining), sentAt, now), resetAt, now);
    this.#freeFrom = Math.max(this.#closedUntil, this.#heldUntil);
  }

  #resize(limit: number): void {
    this.#closedUntil = Number.NEGATIVE_INFINITY;
    this.#window.resize(this.#learning === 'lower' ? Math.min(limit, this.#configured) : limit);
  }

  /** What is stated is as old as the request: what has left the window since is free again. */
  #allowed(before: number, remaining: number | undefined, sentAt: number, now: number): number {
    if (remaining === undefined) return before;
    const freed = this.#window.leftAfter(sentAt, now);
    return Math.min(before, remaining + freed - this.#window.takenAfter(sentAt));
  }

  #holdBack(allowed: number, until: number, now: number): void {
    // Without a limit there is no measure to hold anything back from.
    if (this.#window.capacity === Number.POSITIVE_INFINITY) return;
    const held = this.#heldAt(now);
    const holding = this.#window.capacity - this.#window.used(now) - allowed;
    if (holding <= held || now < this.#closedUntil) return;
    this.#held = holding;
    this.#heldUntil = held === 0 ? until : Math.max(this.#heldUntil, until);
  }

  #heldAt(now: number): number {
    return now < this.#heldUntil ? this.#held : 0;
  }

  /** What is left, below zero when more was used than is allowed. */
  #left(now: number): number {
    if (now < this.#closedUntil) return 0;
    return this.#window.capacity - this.#window.used(now) - this.#heldAt(now);
  }
}
