import type { Clock } from '@integrations/types';

/** A way to get waiting wrong. */
export type LineFault =
  | 'serves the last one first'
  | 'ignores priority'
  | 'ignores the deadline'
  | 'ignores the signal'
  | 'leaves a listener after an abort'
  | 'leaves a listener after a permit'
  | 'rejects with an error of its own'
  | 'starts though aborted'
  | 'keeps a place for who was aborted';

interface Request {
  readonly signal?: AbortSignal;
  readonly deadline?: number;
  readonly priority?: number;
}

interface Waiter<R, P> {
  readonly request: R;
  readonly settle: (permit: P) => void;
  readonly expire: () => void;
}

/** Those who wait, in their order. Right, unless told to be wrong. */
export class ReferenceLine<R extends Request, P> {
  readonly #clock: Clock;
  readonly #fault: string | undefined;
  readonly #waiters: Waiter<R, P>[] = [];

  constructor(clock: Clock, fault: string | undefined) {
    this.#clock = clock;
    this.#fault = fault;
  }

  async acquire(request: R, tryNow: () => P | undefined): Promise<P> {
    const { signal } = request;
    if (signal?.aborted === true && !this.#has('starts though aborted')) throw signal.reason;
    const permit = tryNow();
    if (permit === undefined) return this.#wait(request);
    if (this.#has('leaves a listener after a permit')) this.#leaveListener(signal);
    return permit;
  }

  /** Gives to those at the head what `take` gives, until it gives nothing. */
  serve(take: (request: R) => P | undefined): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const permit = take(next.request);
      if (permit === undefined) return;
      this.#remove(next);
      next.settle(permit);
    }
  }

  #has(fault: LineFault): boolean {
    return this.#fault === fault;
  }

  #leaveListener(signal: AbortSignal | undefined): void {
    signal?.addEventListener('abort', () => undefined);
  }

  #remove(waiter: Waiter<R, P>): void {
    const place = this.#waiters.indexOf(waiter);
    if (place >= 0) this.#waiters.splice(place, 1);
  }

  #next(): Waiter<R, P> | undefined {
    for (const waiter of this.#waiters.slice()) waiter.expire();
    if (this.#has('serves the last one first')) return this.#waiters.at(-1);
    if (this.#has('ignores priority')) return this.#waiters[0];
    const priorityOf = ({ request }: Waiter<R, P>): number => request.priority ?? 0;
    return this.#waiters.toSorted((a, b) => priorityOf(b) - priorityOf(a))[0];
  }

  #wait(request: R): Promise<P> {
    const { signal, deadline = Number.POSITIVE_INFINITY } = request;
    return new Promise((resolve, reject) => {
      const clear = (): void => {
        alarm[Symbol.dispose]();
        if (!this.#has('leaves a listener after a permit')) {
          signal?.removeEventListener('abort', onAbort);
        }
      };
      const waiter: Waiter<R, P> = {
        request,
        settle: (permit) => {
          clear();
          resolve(permit);
        },
        expire: () => {
          if (this.#clock.now() <= deadline || this.#has('ignores the deadline')) return;
          clear();
          this.#remove(waiter);
          reject(new Error('too late'));
        },
      };
      const onAbort = (): void => {
        clear();
        if (this.#has('leaves a listener after an abort')) this.#leaveListener(signal);
        if (!this.#has('keeps a place for who was aborted')) this.#remove(waiter);
        const isOwn = this.#has('rejects with an error of its own');
        reject(isOwn ? new Error('aborted') : signal?.reason);
      };
      this.#waiters.push(waiter);
      const alarm = this.#clock.schedule(waiter.expire, deadline - this.#clock.now() + 1);
      if (this.#has('ignores the signal')) return;
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
