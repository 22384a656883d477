import type { AttemptObserver, AttemptQueue, CircuitState, Clock } from '@integrations/types';

/** Throws, and remembers, what does not hold. */
type Expect = (holds: boolean, fault: string) => void;

/** An observer that looks whether what it is told can be, and in that order. */
export class ObserverProtocol implements AttemptObserver {
  readonly #clock: Clock;
  readonly #expect: Expect;
  /** Runs after each thing told; what it throws, the observer throws. */
  readonly #onTold: () => void;
  readonly #passed: string[] = [];
  #waitsIn: AttemptQueue | undefined;
  #waitsSince = 0;
  #isOver = false;
  #hasThrown = false;

  constructor(clock: Clock, expect: Expect, onTold: () => void) {
    this.#clock = clock;
    this.#expect = expect;
    this.#onTold = onTold;
  }

  breakerChecked(_state: CircuitState, allowed: boolean): void {
    this.#expectOpen();
    this.#expect(!allowed || this.#passed.length === 0, 'the breaker is passed first');
    this.#passed.push('breaker');
    this.#isOver = !allowed;
    this.#tell();
  }

  waiting(queue: AttemptQueue): void {
    this.#expectOpen();
    this.#expect(this.#waitsIn === undefined, 'an attempt waits in one line at a time');
    this.#waitsIn = queue;
    this.#waitsSince = this.#clock.now();
    this.#tell();
  }

  admitted(queue: AttemptQueue, waitedMs: number): void {
    this.#expectOpen();
    this.#expect((this.#waitsIn ?? queue) === queue, 'it is let in where it waits');
    const waited = this.#waitsIn === undefined ? 0 : this.#clock.now() - this.#waitsSince;
    this.#expect(waitedMs === waited, 'the wait is told as it was');
    this.#waitsIn = undefined;
    this.#passed.push(queue);
    this.#tell();
  }

  refused(queue: AttemptQueue, error: unknown): void {
    this.#expectOpen();
    this.#expect(error instanceof Error, 'a refusal has an error');
    this.#expect((this.#waitsIn ?? queue) === queue, 'it is refused where it waits');
    this.#waitsIn = undefined;
    this.#isOver = true;
    this.#tell();
  }

  /** To be called as the work begins. */
  expectPassed(): void {
    this.#expectOpen();
    this.#expect(!this.#hasThrown, 'no work begins after the observer has thrown');
    const passed = this.#passed.join();
    this.#expect(passed === 'breaker,rate_limiter,bulkhead', 'work begins when all is passed');
  }

  /** To be called when the execution is over. */
  expectLeft(): void {
    this.#expect(this.#waitsIn === undefined, 'an attempt was left waiting');
  }

  #tell(): void {
    try {
      this.#onTold();
    } catch (error) {
      this.#hasThrown = true;
      throw error;
    }
  }

  #expectOpen(): void {
    this.#expect(!this.#isOver, 'something was told after the end');
  }
}
