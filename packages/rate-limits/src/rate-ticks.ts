/** How finely the time that one unit takes to come back is divided. */
const TICKS_PER_UNIT = 1024;

/** The largest cost or burst that stays a whole number of ticks. */
const MOST_UNITS = Math.floor(Number.MAX_SAFE_INTEGER / TICKS_PER_UNIT / 2);

/**
 * Time in whole ticks of which a unit takes 1024. State that is kept in ticks never
 * drifts: a moment is converted afresh from the clock each time, and everything
 * else is sums of whole numbers.
 */
export class RateTicks {
  readonly #ticksPerMs: number;

  /** @param msPerUnit how long one unit takes to come back. */
  constructor(msPerUnit: number) {
    this.#ticksPerMs = TICKS_PER_UNIT / msPerUnit;
  }

  /** The moment in ticks, rounded down, so that nothing comes back early. */
  ofMoment(ms: number): number {
    return Math.floor(ms * this.#ticksPerMs);
  }

  /** A moment at which that tick has begun: the first but for the rounding of a double. */
  toMoment(ticks: number): number {
    const ms = ticks / this.#ticksPerMs;
    return this.ofMoment(ms) >= ticks ? ms : ms * (1 + Number.EPSILON) + Number.MIN_VALUE;
  }

  /** The ticks in which that many units come back. */
  ofUnits(units: number): number {
    return Math.min(units, MOST_UNITS) * TICKS_PER_UNIT;
  }

  /** The whole units that come back in that many ticks. */
  toUnits(ticks: number): number {
    return Math.floor(ticks / TICKS_PER_UNIT);
  }
}
