/** @throws Error when the process was not started with `--expose-gc`. */
function collectGarbage(): void {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('The process needs --expose-gc.');
  gc();
}

/** Bytes that are alive: objects, and the buffers that belong to them. */
export function liveBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const SAMPLE_MS = 5;

/** Bytes by which the process was larger at its largest than before the work. */
export async function peakAdded(work: () => Promise<unknown>): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const sampling = setInterval(sample, SAMPLE_MS);
  try {
    await work();
    sample();
  } finally {
    clearInterval(sampling);
  }
  return peak - before;
}
