/**
 * The only source of time. Every part that waits or measures takes one, so that
 * tests run on a manual clock and never on real time.
 */
export interface Clock {
  /** Milliseconds of a monotonic clock: for durations, never for dates. */
  now(): number;
  /** Milliseconds since 1970-01-01T00:00Z: for dates, never for durations. */
  epoch(): number;
  /**
   * Resolves after `ms` milliseconds. Somebody awaits it, so it holds the process
   * open: otherwise Node would exit in the middle of a back-off.
   *
   * @throws `signal.reason`, at once, when the signal is or becomes aborted.
   * @throws RangeError when `ms` is NaN.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls `callback` once after `ms` milliseconds unless disposed before. It is a
   * watchdog over other work and never holds the process open.
   *
   * @throws RangeError when `ms` is NaN.
   */
  schedule(callback: () => void, ms: number): Disposable;
}

/** Timers take a signed 32-bit delay; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What Node's timers add to the number that browsers return. */
interface NodeTimer {
  unref(): void;
}

/** A timer of any length, infinite included. */
class Timer implements Disposable {
  readonly #callback: () => void;
  readonly #holdsProcess: boolean;
  #remainingMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(callback: () => void, ms: number, holdsProcess: boolean) {
    if (Number.isNaN(ms)) throw new RangeError('a delay must be a number of milliseconds, not NaN');
    this.#callback = callback;
    this.#holdsProcess = holdsProcess;
    // Node cuts fractions off, and would fire before the time.
    this.#remainingMs = Math.ceil(Math.max(0, ms));
    this.#arm();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    const delay = Math.min(this.#remainingMs, LONGEST_TIMER_MS);
    this.#remainingMs -= delay;
    this.#timer = setTimeout(() => this.#fire(), delay);
    if (!this.#holdsProcess) (this.#timer as Partial<NodeTimer>).unref?.();
  }

  #fire(): void {
    if (this.#remainingMs > 0) this.#arm();
    else this.#callback();
  }
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      timer[Symbol.dispose]();
      reject(signal?.reason);
    };
    const onTime = (): void => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    const timer = new Timer(onTime, ms, true);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Read once: finding the global at every call costs as much again as the call. */
const { performance } = globalThis;

/** The machine's clock. Its timers tick in whole milliseconds. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  sleep,
  schedule: (callback, ms) => new Timer(callback, ms, false),
};
