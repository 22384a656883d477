import { AbortedError, abortReason, isIntegrationError } from '@integrations/errors';
import { Semaphore } from './semaphore.ts';

/** What the function is told about its item. */
export interface MapContext {
  /** The item's position, from 0. */
  readonly index: number;
  /** Aborted as soon as the caller aborts or another item has failed. */
  readonly signal: AbortSignal;
}

/** How far a `mapConcurrent` has come. */
export interface MapProgress {
  /** How many items are done. */
  readonly completed: number;
  /** How many there are, where that is known beforehand: an array, a set, a map. */
  readonly total: number | undefined;
  /** The position of the item that was done last. */
  readonly index: number;
}

/** How `mapConcurrent` is stopped and watched. */
export interface MapConcurrentOptions {
  /** Stops it: no further item is begun, and those under way are told. */
  readonly signal?: AbortSignal;
  /** Called after each item. What it throws counts as a failure of that item. */
  readonly onProgress?: (progress: MapProgress) => void;
}

type Items<T> = Iterable<T> | AsyncIterable<T>;
type Step<T> = IteratorResult<T, unknown>;
type MapFunction<T, R> = (item: T, context: MapContext) => R | Promise<R>;

/** The number of items of a collection that knows it: counting others would use them up. */
function totalOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  const total = length ?? size;
  return typeof total === 'number' ? total : undefined;
}

/** One run over some items. */
class ConcurrentMap<T, R> {
  readonly #slots: Semaphore;
  readonly #fn: MapFunction<T, R>;
  readonly #options: MapConcurrentOptions;
  readonly #total: number | undefined;
  readonly #iterator: Iterator<T, unknown> | AsyncIterator<T, unknown>;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #results: R[] = [];
  #completed = 0;
  #failure: { readonly error: unknown } | undefined;
  /** Ends the wait for the next item; there is none unless it is being waited for. */
  #stopWaiting: (() => void) | undefined;
  /** Whether the items have neither run out nor failed. */
  #hasMore = true;

  constructor(
    items: Items<T>,
    limit: number,
    fn: MapFunction<T, R>,
    options: MapConcurrentOptions,
  ) {
    this.#slots = new Semaphore({ limit, maxQueue: 1 });
    this.#fn = fn;
    this.#options = options;
    this.#total = totalOf(items);
    this.#iterator =
      Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  async run(): Promise<R[]> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      if (signal !== undefined) this.#fail(abortReason(signal, 'mapConcurrent'));
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#startAll();
      await Promise.all(this.#running);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#results;
  }

  async #startAll(): Promise<void> {
    for (let index = 0; this.#failure === undefined; index += 1) {
      const permit = await this.#slots.acquire();
      const step = await this.#next();
      if (step === undefined || this.#isStopped()) {
        permit.release();
        break;
      }
      const work = this.#work(step.value, index).finally(() => {
        this.#running.delete(work);
        permit.release();
      });
      this.#running.add(work);
    }
    if (this.#hasMore) await this.#close();
  }

  /** The next item, unless there is none or the run was stopped before it came. */
  async #next(): Promise<{ readonly value: T } | undefined> {
    if (this.#isStopped()) return undefined;
    try {
      const step = await this.#step();
      if (step === undefined) return undefined;
      if (step.done !== true) return { value: step.value };
      this.#hasMore = false;
    } catch (error) {
      this.#hasMore = false;
      this.#fail(error);
    }
    return undefined;
  }

  #step(): Step<T> | undefined | Promise<Step<T> | undefined> {
    const step = this.#iterator.next();
    if (!('then' in step)) return step;
    return new Promise((resolve, reject) => {
      this.#stopWaiting = () => resolve(undefined);
      Promise.resolve(step)
        .finally(() => {
          this.#stopWaiting = undefined;
        })
        .then(resolve, reject);
    });
  }

  async #work(item: T, index: number): Promise<void> {
    try {
      this.#results[index] = await this.#fn(item, { index, signal: this.#stop.signal });
      this.#completed += 1;
      this.#options.onProgress?.({ completed: this.#completed, total: this.#total, index });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Tells the source that no more is wanted. */
  async #close(): Promise<void> {
    // A source that still owes an item closes only after that, which may be never.
    const owesItem = this.#stopWaiting !== undefined;
    try {
      const closed = Promise.resolve(this.#iterator.return?.()).catch((error: unknown) =>
        this.#fail(error),
      );
      if (!owesItem) await closed;
    } catch (error) {
      this.#fail(error);
    }
  }

  #isStopped(): boolean {
    return this.#failure !== undefined;
  }

  /** The first failure is the one that is thrown. */
  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#stop.abort(
      isIntegrationError(error)
        ? error
        : new AbortedError('Another item of mapConcurrent failed.', { cause: error }),
    );
    this.#stopWaiting?.();
  }
}

/**
 * Runs a function over items, at most `limit` at a time, and gives its results in the
 * items' order. Items are read only as slots get free, so a source may be endless
 * as far as memory goes. After the first failure nothing is begun, the rest is told
 * by its signal, and the failure is thrown when all that was under way has ended.
 *
 * @throws ConfigurationError for a limit that is not a whole number above 0.
 * @throws AbortedError, or the typed reason of the signal, when that aborts.
 * @throws whatever the function, `onProgress` or the source throws first.
 */
export async function mapConcurrent<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  fn: (item: T, context: MapContext) => R | Promise<R>,
  options: MapConcurrentOptions = {},
): Promise<R[]> {
  return new ConcurrentMap(items, limit, fn, options).run();
}
