import { fail } from 'node:assert/strict';
import { microtasksDrained } from './macrotask.ts';

/** How a promise stands. */
export type Standing<T> =
  | { readonly state: 'pending' }
  | { readonly state: 'fulfilled'; readonly value: T }
  | { readonly state: 'rejected'; readonly reason: unknown };

/** A promise that can be looked at without waiting for it. */
export class Watched<T> {
  #standing: Standing<T> = { state: 'pending' };

  constructor(promise: Promise<T>) {
    promise.then(
      (value) => {
        this.#standing = { state: 'fulfilled', value };
      },
      (reason: unknown) => {
        this.#standing = { state: 'rejected', reason };
      },
    );
  }

  /** How it stands once everything has run that can run without time. */
  async standing(): Promise<Standing<T>> {
    await microtasksDrained();
    return this.#standing;
  }

  /** The value that it has by now. */
  async value(expectation: string): Promise<T> {
    const standing = await this.standing();
    if (standing.state === 'fulfilled') return standing.value;
    return fail(`${expectation}; ${describe(standing)}`);
  }

  /** The reason that it has been rejected with by now. */
  async reason(expectation: string): Promise<unknown> {
    const standing = await this.standing();
    if (standing.state === 'rejected') return standing.reason;
    return fail(`${expectation}; ${describe(standing)}`);
  }

  async mustWait(expectation: string): Promise<void> {
    const standing = await this.standing();
    if (standing.state !== 'pending') fail(`${expectation}; ${describe(standing)}`);
  }
}

function describe(standing: Standing<unknown>): string {
  if (standing.state === 'pending') return 'it still waits';
  if (standing.state === 'fulfilled') return 'it has been fulfilled';
  return `it has been rejected with ${String(standing.reason)}`;
}

/** Starts work and watches it. What it throws counts as a rejection. */
export function watch<T>(start: () => Promise<T>): Watched<T> {
  return new Watched((async () => start())());
}
