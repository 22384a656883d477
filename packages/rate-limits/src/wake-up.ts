import type { Clock } from '@integrations/types';

/** Never seen by anybody: it tells our own cancelling from a clock that failed. */
const CANCELLED = new Error('the wake-up was put off');

/** What is told when the time has come. */
export interface WakeUpListener {
  onWake(): void;
  /** The clock failed, with this error, so the wake-up will not come. */
  onClockError(error: unknown): void;
}

/** One timer that holds the process open, as somebody awaits what it is for. */
export class WakeUp {
  readonly #clock: Clock;
  readonly #listener: WakeUpListener;
  #sleeping: AbortController | undefined;
  #at: number = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, listener: WakeUpListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Wakes at `at` or before, in whole milliseconds from `now`; `Infinity` cancels. */
  set(at: number, now: number): void {
    if (at === Number.POSITIVE_INFINITY) {
      this.cancel();
      return;
    }
    // An early one is cheap: whoever wakes looks again.
    if (this.#sleeping !== undefined && this.#at <= at) return;
    this.cancel();
    this.#at = at;
    this.#sleep(Math.max(1, Math.ceil(at - now)));
  }

  cancel(): void {
    const sleeping = this.#sleeping;
    this.#sleeping = undefined;
    sleeping?.abort(CANCELLED);
  }

  #sleep(ms: number): void {
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    this.#clock.sleep(ms, sleeping.signal).then(
      () => {
        // Put off in the very moment that it came.
        if (this.#sleeping !== sleeping) return;
        this.#sleeping = undefined;
        this.#listener.onWake();
      },
      (error: unknown) => {
        if (error === CANCELLED) return;
        if (this.#sleeping === sleeping) this.#sleeping = undefined;
        this.#listener.onClockError(error);
      },
    );
  }
}
