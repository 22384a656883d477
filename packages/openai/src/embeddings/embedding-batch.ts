import type { EmbeddingInput } from './token-estimate.ts';

/** The API's limit on the inputs of one request. */
export const MOST_INPUTS = 2048;

/** The API's limit on the tokens of one request. */
const MOST_TOKENS_PER_REQUEST = 300_000;

/** Inputs that go in one request. */
export interface EmbeddingBatch {
  /** The position of the first of them. */
  readonly first: number;
  readonly inputs: readonly EmbeddingInput[];
}

/** Cuts inputs into batches that the API takes, as large as they may be, in their order. */
export function toBatches(
  inputs: readonly EmbeddingInput[],
  countTokens: (input: EmbeddingInput) => number,
): EmbeddingBatch[] {
  const batches: { first: number; inputs: EmbeddingInput[] }[] = [];
  let tokens = 0;
  for (const [at, input] of inputs.entries()) {
    const count = countTokens(input);
    const batch = batches.at(-1);
    const isFull =
      batch === undefined ||
      batch.inputs.length === MOST_INPUTS ||
      tokens + count > MOST_TOKENS_PER_REQUEST;
    if (isFull) {
      batches.push({ first: at, inputs: [input] });
      tokens = count;
    } else {
      batch.inputs.push(input);
      tokens += count;
    }
  }
  return batches;
}
