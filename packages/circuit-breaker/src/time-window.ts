import type { OutcomeWindow, WindowSnapshot } from './outcome-window.ts';

/** Calls, failures and slow calls of one bucket stand side by side. */
const FIELDS = 3;

/** The calls of the last so many milliseconds, in a ring of buckets. */
export class TimeWindow implements OutcomeWindow {
  readonly timed = true;
  calls = 0;
  failures = 0;
  slowCalls = 0;
  readonly #durationMs: number;
  readonly #buckets: number;
  readonly #bucketMs: number;
  readonly #ring: Float64Array;
  /** When bucket 0 began. Buckets are numbered on and on; a number modulo the ring's length is its place. */
  #origin: number;
  #newest = 0;

  constructor(durationMs: number, buckets: number, now: number) {
    this.#durationMs = durationMs;
    this.#buckets = buckets;
    this.#bucketMs = durationMs / buckets;
    this.#ring = new Float64Array(buckets * FIELDS);
    this.#origin = now;
  }

  record(failed: boolean, slow: boolean, now: number): void {
    this.advance(now);
    this.#add(this.#newest, 1, failed ? 1 : 0, slow ? 1 : 0);
  }

  advance(now: number): void {
    const number = Math.floor((now - this.#origin) / this.#bucketMs);
    const steps = number - this.#newest;
    if (steps <= 0) return;
    if (steps >= this.#buckets) {
      this.#empty();
      this.#newest = number;
      return;
    }
    while (this.#newest < number) {
      this.#newest += 1;
      this.#drop(this.#newest);
    }
  }

  clear(now: number): void {
    this.#empty();
    this.#origin = now;
    this.#newest = 0;
  }

  save(now: number): WindowSnapshot {
    this.advance(now);
    const oldest = this.#newest + 1;
    const buckets = Array.from({ length: this.#buckets }, (_, index) => {
      const at = this.#place(oldest + index);
      return [this.#ring[at] ?? 0, this.#ring[at + 1] ?? 0, this.#ring[at + 2] ?? 0] as const;
    });
    const intoBucketMs = Math.max(0, now - this.#origin - this.#newest * this.#bucketMs);
    return { type: 'time', durationMs: this.#durationMs, intoBucketMs, buckets };
  }

  load(snapshot: WindowSnapshot, now: number, elapsedMs: number): void {
    this.clear(now);
    if (snapshot.type !== 'time' || snapshot.durationMs !== this.#durationMs) return;
    if (snapshot.buckets.length !== this.#buckets) return;
    this.#newest = this.#buckets - 1;
    this.#origin = now - elapsedMs - snapshot.intoBucketMs - this.#newest * this.#bucketMs;
    for (const [number, [calls, failures, slow]] of snapshot.buckets.entries()) {
      this.#add(number, calls, failures, slow);
    }
    this.advance(now);
  }

  #place(number: number): number {
    return (number % this.#buckets) * FIELDS;
  }

  #add(number: number, calls: number, failures: number, slow: number): void {
    const at = this.#place(number);
    this.#ring[at] = (this.#ring[at] ?? 0) + calls;
    this.#ring[at + 1] = (this.#ring[at + 1] ?? 0) + failures;
    this.#ring[at + 2] = (this.#ring[at + 2] ?? 0) + slow;
    this.calls += calls;
    this.failures += failures;
    this.slowCalls += slow;
  }

  #drop(number: number): void {
    const at = this.#place(number);
    this.calls -= this.#ring[at] ?? 0;
    this.failures -= this.#ring[at + 1] ?? 0;
    this.slowCalls -= this.#ring[at + 2] ?? 0;
    this.#ring.fill(0, at, at + FIELDS);
  }

  #empty(): void {
    this.#ring.fill(0);
    this.calls = 0;
    this.failures = 0;
    this.slowCalls = 0;
  }
}
