/** An entry of a recency list. It is in one list at a time. */
export class RecencyNode<T> {
  readonly value: T;
  older: RecencyNode<T> | undefined;
  newer: RecencyNode<T> | undefined;

  constructor(value: T) {
    this.value = value;
  }
}

/**
 * Values in the order of their last use. A linked list, because the first entry of a Map
 * from which many were deleted is slow to find.
 */
export class RecencyList<T> {
  #oldest: RecencyNode<T> | undefined;
  #newest: RecencyNode<T> | undefined;

  get oldest(): RecencyNode<T> | undefined {
    return this.#oldest;
  }

  add(node: RecencyNode<T>): void {
    node.older = this.#newest;
    node.newer = undefined;
    if (this.#newest === undefined) this.#oldest = node;
    else this.#newest.newer = node;
    this.#newest = node;
  }

  remove(node: RecencyNode<T>): void {
    if (node.older === undefined) this.#oldest = node.newer;
    else node.older.newer = node.newer;
    if (node.newer === undefined) this.#newest = node.older;
    else node.newer.older = node.older;
    node.older = undefined;
    node.newer = undefined;
  }
}
