import { AsyncResource } from 'node:async_hooks';
import type { BulkheadRequest, Clock } from '@integrations/types';
import { PLACES, type Runner, SLOTS } from './bulkhead-properties.test.support.ts';

/** Mistakes that published bulkheads make. */
export type BulkheadBug =
  | 'none'
  | 'serves the line a microtask late'
  | 'runs a job in the context of the one before'
  | 'an aborted job frees its slot while it runs'
  | 'serves the newest first'
  | 'forgets a slot when the head gives up';

interface Queued {
  readonly priority: number;
  readonly begin: () => void;
  readonly reject: (error: unknown) => void;
}

/** A bulkhead as simple as can be, with one mistake of choice. */
export class ModelBulkhead implements Runner {
  readonly #clock: Clock;
  readonly #bug: BulkheadBug;
  readonly #queue: Queued[] = [];
  #active = 0;

  constructor(clock: Clock, bug: BulkheadBug) {
    this.#clock = clock;
    this.#bug = bug;
  }

  run<T>(work: () => Promise<T>, request: BulkheadRequest = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = (): void => void this.#begin(work, request).then(resolve, reject);
      const bound =
        this.#bug === 'runs a job in the context of the one before'
          ? begin
          : AsyncResource.bind(begin);
      if (this.#active < SLOTS) {
        this.#active += 1;
        bound();
      } else if (this.#queue.length >= PLACES) {
        reject(new RangeError('full'));
      } else {
        this.#enqueue({ priority: request.priority ?? 0, begin: bound, reject }, request);
      }
    });
  }

  #enqueue(queued: Queued, { signal, deadline = Infinity }: BulkheadRequest): void {
    const isBehind = (other: Queued): boolean =>
      this.#bug === 'serves the newest first'
        ? other.priority <= queued.priority
        : other.priority < queued.priority;
    const place = this.#queue.findIndex(isBehind);
    this.#queue.splice(place < 0 ? this.#queue.length : place, 0, queued);
    const leave = (): void => {
      const at = this.#queue.indexOf(queued);
      if (at < 0) return;
      if (this.#bug === 'forgets a slot when the head gives up' && at === 0) this.#active += 1;
      this.#queue.splice(at, 1);
      timer?.[Symbol.dispose]();
      queued.reject(new RangeError('gave up'));
    };
    const timer =
      deadline < Infinity ? this.#clock.schedule(leave, deadline - this.#clock.now()) : undefined;
    signal?.addEventListener('abort', leave, { once: true });
    const { begin } = queued;
    Object.assign(queued, {
      begin: () => {
        timer?.[Symbol.dispose]();
        begin();
      },
    });
  }

  async #begin<T>(work: () => Promise<T>, { signal }: BulkheadRequest): Promise<T> {
    let isFree = false;
    const free = (): void => {
      if (isFree) return;
      isFree = true;
      this.#free();
    };
    if (this.#bug === 'an aborted job frees its slot while it runs') {
      signal?.addEventListener('abort', free, { once: true });
    }
    try {
      return await work();
    } finally {
      free();
    }
  }

  #free(): void {
    if (this.#bug === 'serves the line a microtask late') {
      this.#active -= 1;
      queueMicrotask(() => this.#serveLate());
      return;
    }
    const next = this.#queue.shift();
    if (next === undefined) this.#active -= 1;
    else next.begin();
  }

  /** The slot may be gone by now; then the job that was let in is turned away. */
  #serveLate(): void {
    const next = this.#queue.shift();
    if (next === undefined) return;
    if (this.#active >= SLOTS) {
      next.reject(new RangeError('full after all'));
      return;
    }
    this.#active += 1;
    next.begin();
  }
}
