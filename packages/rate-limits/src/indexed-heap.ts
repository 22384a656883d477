/** An item's place in a heap: the handle to remove it by. */
export interface HeapEntry<T> {
  readonly item: T;
  index: number;
}

/** A binary heap from whose middle an item can be removed, all in O(log n). */
export class IndexedHeap<T> {
  readonly #entries: HeapEntry<T>[] = [];
  readonly #isBefore: (a: T, b: T) => boolean;

  /** @param isBefore a strict order. */
  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** The item before all others. */
  first(): T | undefined {
    return this.#entries[0]?.item;
  }

  add(item: T): HeapEntry<T> {
    const entry = { item, index: this.#entries.length };
    this.#entries.push(entry);
    this.#rise(entry);
    return entry;
  }

  /** Does nothing when the entry was removed before. */
  remove(entry: HeapEntry<T>): void {
    if (this.#entries[entry.index] !== entry) return;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#put(last, entry.index);
    this.#rise(last);
    this.#sink(last);
  }

  /** All items, in no order. */
  toArray(): T[] {
    return this.#entries.map(({ item }) => item);
  }

  #put(entry: HeapEntry<T>, index: number): void {
    this.#entries[index] = entry;
    entry.index = index;
  }

  #rise(entry: HeapEntry<T>): void {
    while (entry.index > 0) {
      const above = this.#entries[(entry.index - 1) >> 1];
      if (above === undefined || !this.#isBefore(entry.item, above.item)) return;
      const { index } = entry;
      this.#put(entry, above.index);
      this.#put(above, index);
    }
  }

  #sink(entry: HeapEntry<T>): void {
    for (;;) {
      const below = this.#smallerChild(entry.index);
      if (below === undefined || !this.#isBefore(below.item, entry.item)) return;
      const { index } = entry;
      this.#put(entry, below.index);
      this.#put(below, index);
    }
  }

  #smallerChild(index: number): HeapEntry<T> | undefined {
    const left = this.#entries[2 * index + 1];
    const right = this.#entries[2 * index + 2];
    if (left === undefined || right === undefined) return left;
    return this.#isBefore(right.item, left.item) ? right : left;
  }
}
