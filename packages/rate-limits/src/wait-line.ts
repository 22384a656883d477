import {
  abortReason,
  DeadlineError,
  type IntegrationError,
  positiveOption,
  QueueFullError,
  wholeOption,
} from '@integrations/errors';
import { type Clock, systemClock } from '@integrations/types';
import { AbortWatch } from './abort-watch.ts';
import { type HeapEntry, IndexedHeap } from './indexed-heap.ts';
import { SteadyTime } from './steady-time.ts';
import { priorityOf, type WaitRequest } from './wait-request.ts';
import { WakeUp } from './wake-up.ts';

/** What every line of waiting calls can be told. */
export interface WaitLineOptions {
  /** How many calls may wait. @default 1000 */
  readonly maxQueue?: number;
  /**
   * Milliseconds of waiting that outweigh one step of priority, so that nothing
   * starves; `Infinity` for strict priorities. @default 10_000
   */
  readonly ageing?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** Whom a line serves. */
export interface WaitLineOwner {
  /** What is waited for, for error messages: `a rate-limit permit`. */
  readonly waitedFor: string;
  /** Called when the wake-up has come, or somebody left other than by being served. */
  readonly onChange: () => void;
}

/** One who waits. */
export interface Waiter<P> {
  readonly tokens: number;
  readonly priority: number;
  readonly signal: AbortSignal | undefined;
  /** The steady moment after which waiting is useless. */
  readonly deadline: number;
  /** Lower goes first. */
  readonly rank: number;
  /** The order of arrival, which decides between equal ranks. */
  readonly order: number;
  readonly resolve: (permit: P) => void;
  readonly reject: (error: unknown) => void;
  place: HeapEntry<Waiter<P>> | undefined;
  expiry: HeapEntry<Waiter<P>> | undefined;
}

/** What those wait for who stand before somebody. */
export interface Ahead {
  readonly count: number;
  readonly tokens: number;
}

interface Group {
  count: number;
  tokens: number;
}

/**
 * Waiters in the order in which they are to be served: higher priority first, and
 * first come first served within one. Waiting counts: who has waited `ageing`
 * milliseconds longer stands as if one priority higher, so nobody starves.
 */
export class WaitLine<P> {
  /** The moments that the line goes by. */
  readonly time: SteadyTime;
  readonly #maxQueue: number;
  readonly #ageing: number;
  readonly #owner: WaitLineOwner;
  readonly #line: IndexedHeap<Waiter<P>> = new IndexedHeap((a, b) =>
    a.rank === b.rank ? a.order < b.order : a.rank < b.rank,
  );
  readonly #expiries: IndexedHeap<Waiter<P>> = new IndexedHeap((a, b) => a.deadline < b.deadline);
  readonly #groups = new Map<number, Group>();
  readonly #aborts: AbortWatch<Waiter<P>>;
  readonly #wakeUp: WakeUp;
  #joined = 0;

  /** @throws ConfigurationError for a `maxQueue` or an `ageing` that cannot be one. */
  constructor(options: WaitLineOptions, owner: WaitLineOwner) {
    const clock = options.clock ?? systemClock;
    this.time = new SteadyTime(clock);
    this.#maxQueue = wholeOption('maxQueue', options.maxQueue ?? 1000, { least: 0 });
    this.#ageing = positiveOption('ageing', options.ageing ?? 10_000);
    this.#owner = owner;
    this.#aborts = new AbortWatch((waiters, signal) => this.#abort(waiters, signal));
    this.#wakeUp = new WakeUp(clock, {
      onWake: () => this.#wake(),
      onClockError: (error) => this.#expelAll(error),
    });
  }

  /** @throws AbortedError, or the typed reason of the signal, when that has aborted already. */
  refuseAborted(signal: AbortSignal | undefined): void {
    if (signal?.aborted === true) throw this.#aborted(signal);
  }

  get size(): number {
    return this.#line.size;
  }

  first(): Waiter<P> | undefined {
    return this.#line.first();
  }

  /** Whether a newcomer would stand behind somebody. */
  mustWait(priority: number, now: number): boolean {
    const first = this.#line.first();
    return first !== undefined && first.rank <= this.#rank(priority, now);
  }

  /** What those want, at least, who would stand before a newcomer. */
  ahead(priority: number): Ahead {
    const ahead = { count: 0, tokens: 0 };
    for (const [of, group] of this.#groups) {
      if (of < priority) continue;
      ahead.count += group.count;
      ahead.tokens += group.tokens;
    }
    return ahead;
  }

  /**
   * Waits in line; `serve` must be called when there is room, and `wakeAt` after this.
   *
   * @throws AbortedError, or the typed reason of the signal, as soon as that aborts.
   * @throws DeadlineError as soon as the deadline has passed.
   * @throws QueueFullError at once when `maxQueue` others wait already.
   */
  join(request: WaitRequest, deadline: number, tokens: number, now: number): Promise<P> {
    if (this.#line.size >= this.#maxQueue) return Promise.reject(this.#full());
    const { signal } = request;
    const priority = priorityOf(request);
    return new Promise((resolve, reject) => {
      const waiter: Waiter<P> = {
        tokens,
        priority,
        signal,
        deadline,
        rank: this.#rank(priority, now),
        order: this.#joined,
        resolve,
        reject,
        place: undefined,
        expiry: undefined,
      };
      this.#joined += 1;
      waiter.place = this.#line.add(waiter);
      if (deadline < Infinity) waiter.expiry = this.#expiries.add(waiter);
      if (signal !== undefined) this.#aborts.add(signal, waiter);
      this.#count(waiter, 1);
    });
  }

  /** Gives the first one its permit. It is out of the line when this returns. */
  serve(waiter: Waiter<P>, permit: P): void {
    this.#leave(waiter);
    waiter.resolve(permit);
  }

  /** Sends away everybody whose deadline has passed, should the wake-up be late. */
  expire(): void {
    this.#expire((deadline, now) => deadline < now);
  }

  /** Sends away everybody for whom there is an error. */
  expel(errorFor: (waiter: Waiter<P>) => unknown): void {
    for (const waiter of this.#line.toArray()) {
      const error = errorFor(waiter);
      if (error !== undefined) this.#sendAway(waiter, error);
    }
  }

  /** Wakes when the first one can be served, or a deadline passes; never for an empty line. */
  wakeAt(ready: number, now: number): void {
    const expiry = this.#expiries.first()?.deadline ?? Number.POSITIVE_INFINITY;
    const at = this.#line.size === 0 ? Number.POSITIVE_INFINITY : Math.min(ready, expiry);
    this.#wakeUp.set(at, now);
  }

  /** Sees to it that the next deadline is kept; a wake-up before it stays. */
  wakeForDeadline(now: number): void {
    const first = this.#expiries.first();
    if (first !== undefined) this.#wakeUp.set(first.deadline, now);
  }

  /** The error for a wait that cannot end well. */
  tooLate(waitMs: number): DeadlineError {
    return new DeadlineError(
      `The wait for ${this.#owner.waitedFor} would outlast the time allowed. Allow more time, send less, or raise the limit.`,
      { retryAfterMs: Math.max(0, Math.ceil(waitMs)) },
    );
  }

  #full(): IntegrationError {
    return new QueueFullError(
      `${this.#maxQueue} calls wait for ${this.#owner.waitedFor} already. Send less at a time, or raise \`maxQueue\`.`,
    );
  }

  #rank(priority: number, now: number): number {
    const ageing = this.#ageing;
    return ageing === Number.POSITIVE_INFINITY ? -priority : now - priority * ageing;
  }

  #wake(): void {
    // First whoever can be served in the very moment of a deadline, then the rest.
    this.#owner.onChange();
    if (this.#expire((deadline, now) => deadline <= now)) this.#owner.onChange();
  }

  #expire(isOver: (deadline: number, now: number) => boolean): boolean {
    let waiter = this.#expiries.first();
    if (waiter === undefined) return false;
    const now = this.time.now();
    const { size } = this.#line;
    while (waiter !== undefined && isOver(waiter.deadline, now)) {
      this.#sendAway(waiter, this.tooLate(0));
      waiter = this.#expiries.first();
    }
    return this.#line.size < size;
  }

  #abort(waiters: Iterable<Waiter<P>>, signal: AbortSignal): void {
    const reason = this.#aborted(signal);
    for (const waiter of waiters) this.#sendAway(waiter, reason);
    this.#owner.onChange();
  }

  #aborted(signal: AbortSignal): IntegrationError {
    return abortReason(signal, `The wait for ${this.#owner.waitedFor}`);
  }

  #expelAll(error: unknown): void {
    this.expel(() => error);
    this.#owner.onChange();
  }

  #sendAway(waiter: Waiter<P>, error: unknown): void {
    this.#leave(waiter);
    waiter.reject(error);
  }

  #leave(waiter: Waiter<P>): void {
    if (waiter.place !== undefined) this.#line.remove(waiter.place);
    if (waiter.expiry !== undefined) this.#expiries.remove(waiter.expiry);
    if (waiter.signal !== undefined) this.#aborts.remove(waiter.signal, waiter);
    this.#count(waiter, -1);
  }

  #count(waiter: Waiter<P>, change: 1 | -1): void {
    const group = this.#groups.get(waiter.priority) ?? { count: 0, tokens: 0 };
    group.count += change;
    group.tokens += change * waiter.tokens;
    if (group.count === 0) this.#groups.delete(waiter.priority);
    else this.#groups.set(waiter.priority, group);
  }
}
