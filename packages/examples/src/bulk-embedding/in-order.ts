/**
 * Does work on items, several at a time, and gives the results in the order of the items.
 * Never are more than `width` items read of which the results have not been taken: memory
 * stays the same however many there are. The first failure stops the others.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  width: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const stop = new AbortController();
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      stop.signal.throwIfAborted();
      const result = work(item, stop.signal);
      // It may fail before its turn has come to be awaited.
      result.catch((error: unknown) => stop.abort(error));
      underWay.push(result);
      if (underWay.length >= width) yield* underWay.splice(0, 1);
    }
    yield* underWay;
  } catch (error) {
    // The others fail because they are stopped; what stopped them is worth telling.
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    stop.abort();
    await Promise.allSettled(underWay);
  }
}
