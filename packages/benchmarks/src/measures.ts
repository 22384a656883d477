import type { Measure } from './suite.ts';

const CPU: Measure = { key: 'cpu', title: 'CPU', unit: 'time', compared: true };
const WALL: Measure = { key: 'wall', title: 'wall', unit: 'time', compared: true };

/** What is told of a suite that does not say otherwise. */
export const TIMES: readonly [Measure, Measure] = [CPU, WALL];

/** Of work that is done at the same time, where only the number of calls in a second says something. */
export const THROUGHPUT: readonly [Measure, Measure] = [
  CPU,
  { key: 'wall', title: 'per second', unit: 'rate', compared: true },
];

/** What the clock says of work that waits on purpose says nothing. */
export const CPU_ALONE: readonly [Measure] = [CPU];
