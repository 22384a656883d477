import type { Clock } from '@integrations/types';
import { microtasksDrained } from './macrotask.ts';

/** Where a manual clock begins. */
export interface ManualClockOptions {
  /** What `now()` gives first, in milliseconds. @default 0 */
  readonly start?: number;
  /** What `epoch()` gives first, in milliseconds since 1970. @default 2025-01-01T00:00:00Z */
  readonly epoch?: number;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

const DEFAULT_EPOCH = Date.UTC(2025, 0, 1);
const DEFAULT_MAX_TIMERS = 10_000;

function isBefore(a: Timer, b: Timer): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}

function requireFinite(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be a finite number of milliseconds, not ${value}`);
}

/**
 * A clock that stands still until a test moves it. Nothing fires but within
 * `advance` and `runAll`: a sleep of 0 ms waits for the next `advance(0)`.
 */
export class ManualClock implements Clock {
  #now: number;
  #epochOffset: number;
  #inserted = 0;
  /** In the order in which they fire. */
  readonly #timers: Timer[] = [];
  #moving: Promise<void> = Promise.resolve();

  /** @throws RangeError when an option is not a finite number. */
  constructor(options: ManualClockOptions = {}) {
    this.#now = requireFinite('start', options.start ?? 0);
    this.#epochOffset = requireFinite('epoch', options.epoch ?? DEFAULT_EPOCH) - this.#now;
  }

  now(): number {
    return this.#now;
  }

  epoch(): number {
    return this.#now + this.#epochOffset;
  }

  /**
   * Sets the date, forwards or backwards, as an operator or NTP would. `now()` and
   * the timers don't move.
   *
   * @throws RangeError when the value is not a finite number.
   */
  setEpoch(ms: number): void {
    this.#epochOffset = requireFinite('epoch', ms) - this.#now;
  }

  /** How many sleeps and scheduled callbacks have not come due. */
  get pending(): number {
    return this.#timers.length;
  }

  /** When, by `now()`, the next of them comes due; undefined when there is none. */
  get nextAt(): number | undefined {
    return this.#timers[0]?.at;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        this.#remove(timer);
        reject(signal?.reason);
      };
      const timer = this.#insert(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  schedule(callback: () => void, ms: number): Disposable {
    const timer = this.#insert(ms, callback);
    return { [Symbol.dispose]: () => this.#remove(timer) };
  }

  /**
   * Moves time on by `ms` milliseconds. What comes due on the way fires in the
   * order of its time, then of its making; after each, all promise reactions run,
   * so that code which sleeps again does so at the right moment. A call made while
   * another is under way begins when that one is done.
   *
   * @throws RangeError when `ms` is negative or not finite.
   * @throws whatever a scheduled callback throws; time then stands at that callback.
   */
  async advance(ms: number): Promise<void> {
    if (requireFinite('ms', ms) < 0) throw new RangeError(`time can't go back by ${-ms} ms`);
    await this.#move(async () => {
      await microtasksDrained();
      const target = this.#now + ms;
      await this.#fireUntil(target, Number.POSITIVE_INFINITY);
      this.#now = target;
    });
  }

  /**
   * Moves time on until no timer is left, those included that are made on the way.
   * Timers of an infinite delay stay.
   *
   * @param maxTimers how many may fire before this gives up: code that always
   *   sleeps again would never end.
   * @throws RangeError when more than `maxTimers` were due to fire.
   * @throws whatever a scheduled callback throws; time then stands at that callback.
   */
  async runAll(maxTimers: number = DEFAULT_MAX_TIMERS): Promise<void> {
    await this.#move(async () => {
      await microtasksDrained();
      await this.#fireUntil(Number.MAX_VALUE, maxTimers);
    });
  }

  /** One move at a time; a failed one must not stop those after it. */
  #move(run: () => Promise<void>): Promise<void> {
    const move = this.#moving.then(run);
    this.#moving = move.then(
      () => undefined,
      () => undefined,
    );
    return move;
  }

  async #fireUntil(target: number, maxTimers: number): Promise<void> {
    let fired = 0;
    for (let timer = this.#due(target); timer !== undefined; timer = this.#due(target)) {
      if (fired === maxTimers) {
        throw new RangeError(
          `${maxTimers} timers have fired and more are due: the code may sleep for ever; use advance(), or allow more`,
        );
      }
      fired += 1;
      this.#timers.shift();
      this.#now = timer.at;
      timer.fire();
      await microtasksDrained();
    }
  }

  #due(target: number): Timer | undefined {
    const [first] = this.#timers;
    return first !== undefined && first.at <= target ? first : undefined;
  }

  #insert(ms: number, fire: () => void): Timer {
    if (Number.isNaN(ms)) throw new RangeError('a delay must be a number of milliseconds, not NaN');
    this.#inserted += 1;
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#inserted, fire };
    this.#timers.splice(this.#position(timer), 0, timer);
    return timer;
  }

  #remove(timer: Timer): void {
    const position = this.#position(timer);
    if (this.#timers[position] === timer) this.#timers.splice(position, 1);
  }

  /** Where the timer is, or would be. */
  #position(timer: Timer): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#timers[middle];
      if (other !== undefined && isBefore(other, timer)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
