import type { Clock } from '@integrations/types';

/** A clock's moments, except that a step backwards counts as no time at all. */
export class SteadyTime {
  readonly #clock: Clock;
  #last: number = Number.NEGATIVE_INFINITY;
  /** What the clock has stepped back so far. */
  #lost = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    const moment = this.#clock.now();
    if (moment < this.#last) this.#lost += this.#last - moment;
    this.#last = moment;
    return moment + this.#lost;
  }

  /** The steady moment of one that was read off the clock since its last step back. */
  at(moment: number): number {
    return moment + this.#lost;
  }
}
