import type { EmbeddingInput } from './embedding.ts';

/** What an API takes. */
export interface EmbeddingLimits {
  /** Inputs of one request. */
  readonly inputs: number;
  /** Tokens of one request. */
  readonly tokens: number;
  /** Tokens of one input. */
  readonly inputTokens: number;
}

/** Inputs that go in one request. */
export interface EmbeddingBatch {
  /** The position of the first of them. */
  readonly first: number;
  readonly inputs: readonly EmbeddingInput[];
}

/** Cuts inputs into batches that an API takes, as large as they may be, in their order. */
export function toBatches(
  inputs: readonly EmbeddingInput[],
  limits: Pick<EmbeddingLimits, 'inputs' | 'tokens'>,
  countTokens: (input: EmbeddingInput) => number,
): EmbeddingBatch[] {
  const batches: { first: number; inputs: EmbeddingInput[] }[] = [];
  let tokens = 0;
  for (const [at, input] of inputs.entries()) {
    const count = countTokens(input);
    const batch = batches.at(-1);
    const isFull =
      batch === undefined ||
      batch.inputs.length === limits.inputs ||
      tokens + count > limits.tokens;
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
