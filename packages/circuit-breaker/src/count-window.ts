import type { OutcomeWindow, WindowSnapshot } from './outcome-window.ts';

const FAILED = 1;
const SLOW = 2;

/** The last calls, a fixed number of them. */
export class CountWindow implements OutcomeWindow {
  readonly timed = false;
  calls = 0;
  failures = 0;
  slowCalls = 0;
  readonly #ring: Uint8Array;
  /** Where the next call goes; once the ring is full, the oldest is there. */
  #next = 0;

  constructor(size: number) {
    this.#ring = new Uint8Array(size);
  }

  record(failed: boolean, slow: boolean): void {
    this.#push((failed ? FAILED : 0) | (slow ? SLOW : 0));
  }

  /** Nothing in it grows old. */
  advance(): void {}

  clear(): void {
    this.calls = 0;
    this.failures = 0;
    this.slowCalls = 0;
    this.#next = 0;
  }

  save(): WindowSnapshot {
    const size = this.#ring.length;
    const oldest = this.#next - this.calls + size;
    const outcomes = Array.from(
      { length: this.calls },
      (_, index) => this.#ring[(oldest + index) % size] ?? 0,
    );
    return { type: 'count', size, outcomes };
  }

  load(snapshot: WindowSnapshot): void {
    this.clear();
    if (snapshot.type !== 'count' || snapshot.size !== this.#ring.length) return;
    for (const outcome of snapshot.outcomes) this.#push(outcome);
  }

  #push(outcome: number): void {
    if (this.calls === this.#ring.length) this.#add(this.#ring[this.#next] ?? 0, -1);
    this.#ring[this.#next] = outcome;
    this.#add(outcome, 1);
    const next = this.#next + 1;
    this.#next = next === this.#ring.length ? 0 : next;
  }

  #add(outcome: number, sign: 1 | -1): void {
    this.calls += sign;
    if (outcome === 0) return;
    if ((outcome & FAILED) !== 0) this.failures += sign;
    if ((outcome & SLOW) !== 0) this.slowCalls += sign;
  }
}
