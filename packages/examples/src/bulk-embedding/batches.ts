/** Texts that are not blank, in batches: from the one at `start`, counted from 0, on. */
export async function* batches(
  texts: AsyncIterable<string>,
  size: number,
  start: number,
): AsyncGenerator<string[], void, undefined> {
  let seen = 0;
  let batch: string[] = [];
  for await (const text of texts) {
    // The API takes no empty text.
    if (text.trim() === '') continue;
    seen += 1;
    if (seen <= start) continue;
    batch.push(text);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
