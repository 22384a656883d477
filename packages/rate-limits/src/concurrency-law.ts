/** A call that has ended well. */
export interface ConcurrencySample {
  /** Milliseconds to the first byte, or to the end where that is not known. */
  readonly latencyMs: number;
  /** How many calls were in flight when this one began. */
  readonly inFlight: number;
}

/** How a limit on calls in flight grows and shrinks. Limits are not yet rounded, nor within bounds. */
export interface ConcurrencyLaw {
  afterSuccess(limit: number, sample: ConcurrencySample): number;
  afterOverload(limit: number): number;
}

/** What is left of the limit after the server was overloaded. */
const BACKOFF = 0.9;

/** A limit that is not made use of says nothing about what the server can bear. */
function isUsed(limit: number, inFlight: number): boolean {
  return inFlight * 2 >= limit;
}

/** Additive increase, multiplicative decrease. */
export class AdditiveIncrease implements ConcurrencyLaw {
  afterSuccess(limit: number, { inFlight }: ConcurrencySample): number {
    return isUsed(limit, inFlight) ? limit + 1 : limit;
  }

  afterOverload(limit: number): number {
    return limit * BACKOFF;
  }
}

/** The usual latency is an average over about so many calls. */
const LONG_WINDOW = 600;
/** Calls before the average is more than their plain mean. */
const WARM_UP = 10;
/** Latency may be so many times the usual before the limit falls. */
const TOLERANCE = 1.5;
/** One slow answer takes away no more than this part. */
const STEEPEST = 0.5;
/** How much of the new limit is taken over at once. */
const SMOOTHING = 0.2;
/** The usual latency, when it is so many times what is seen now, is out of date. */
const OUTDATED = 2;
const DECAY = 0.95;

/**
 * Follows the ratio of the usual latency to that of now, after Netflix's Gradient2:
 * the limit falls when answers begin to take longer, before anything fails.
 */
export class LatencyGradient implements ConcurrencyLaw {
  #usualMs = 0;
  #samples = 0;

  afterSuccess(limit: number, { latencyMs, inFlight }: ConcurrencySample): number {
    // A clock of whole milliseconds may well say 0.
    const nowMs = Math.max(latencyMs, 0.001);
    this.#learn(nowMs);
    if (!isUsed(limit, inFlight)) return limit;
    const gradient = Math.max(STEEPEST, Math.min(1, (TOLERANCE * this.#usualMs) / nowMs));
    const queue = Math.sqrt(limit);
    return limit * (1 - SMOOTHING) + (limit * gradient + queue) * SMOOTHING;
  }

  afterOverload(limit: number): number {
    return limit * BACKOFF;
  }

  #learn(nowMs: number): void {
    this.#samples += 1;
    const weight = this.#samples <= WARM_UP ? 1 / this.#samples : 2 / (LONG_WINDOW + 1);
    this.#usualMs += (nowMs - this.#usualMs) * weight;
    if (this.#usualMs > nowMs * OUTDATED) this.#usualMs *= DECAY;
  }
}
