import { performance } from 'node:perf_hooks';

/** Milliseconds that only ever grow. */
export function monotonicNow(): number {
  return performance.now();
}
