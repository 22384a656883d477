import type { Clock } from '@integrations/types';

/**
 * One timer for several moments, always set to the earliest: a timer is among the
 * dearest things that a call which goes well pays for.
 */
export class Alarm implements Disposable {
  readonly #clock: Clock;
  readonly #onRing: (now: number) => void;
  #timer: Disposable | undefined;
  #at: number = Number.POSITIVE_INFINITY;

  /** @param onRing is told the time, and sets the alarm for what is not due yet. */
  constructor(clock: Clock, onRing: (now: number) => void) {
    this.#clock = clock;
    this.#onRing = onRing;
  }

  /** Rings at that moment or before: whoever hears it looks what is due. */
  set(at: number, now: number): void {
    if (at >= this.#at) return;
    this.#timer?.[Symbol.dispose]();
    this.#at = at;
    this.#timer = this.#clock.schedule(() => this.#ring(), at - now);
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  #ring(): void {
    this.#at = Number.POSITIVE_INFINITY;
    this.#onRing(this.#clock.now());
  }
}
