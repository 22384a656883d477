/** Gives numbers from 0 (included) to 1 (excluded). Injected wherever chance decides. */
export type RandomSource = () => number;

/** The platform's random numbers: fit for jitter, not for secrets. */
export const systemRandom: RandomSource = () => Math.random();
