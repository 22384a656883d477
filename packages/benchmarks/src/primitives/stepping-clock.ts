import type { Clock } from '@integrations/types';

/** A clock with room for one timer, which costs next to nothing and rings whenever it is moved. */
export class SteppingClock implements Clock {
  #now = 0;
  #due: (() => void) | undefined;

  now(): number {
    return this.#now;
  }

  epoch(): number {
    return this.#now;
  }

  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.schedule(resolve);
      const onAbort = (): void => {
        timer[Symbol.dispose]();
        reject(signal?.reason);
      };
      if (signal?.aborted) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  schedule(callback: () => void): Disposable {
    this.#due = callback;
    return {
      [Symbol.dispose]: () => {
        if (this.#due === callback) this.#due = undefined;
      },
    };
  }

  /** Moves the time, and rings. */
  step(ms: number): void {
    this.#now += ms;
    const due = this.#due;
    this.#due = undefined;
    due?.();
  }
}
