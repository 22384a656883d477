/**
 * Watches many signals with one listener each, however many wait for the same one:
 * adding a listener to a signal takes as long as it has listeners already.
 */
export class AbortWatch<T> {
  readonly #onAbort: (items: Iterable<T>, signal: AbortSignal) => void;
  readonly #watched = new Map<AbortSignal, { items: Set<T>; listener: () => void }>();

  /** @param onAbort is given all items of the signal at once; they are watched no more. */
  constructor(onAbort: (items: Iterable<T>, signal: AbortSignal) => void) {
    this.#onAbort = onAbort;
  }

  add(signal: AbortSignal, item: T): void {
    const known = this.#watched.get(signal);
    if (known !== undefined) {
      known.items.add(item);
      return;
    }
    const items = new Set([item]);
    const listener = (): void => {
      this.#watched.delete(signal);
      this.#onAbort(items, signal);
    };
    this.#watched.set(signal, { items, listener });
    signal.addEventListener('abort', listener, { once: true });
  }

  remove(signal: AbortSignal, item: T): void {
    const known = this.#watched.get(signal);
    if (known === undefined) return;
    known.items.delete(item);
    if (known.items.size > 0) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', known.listener);
  }
}
