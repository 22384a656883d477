import { ProtocolError } from '@integrations/errors';
import { decodeBase64, type EmbeddingResponse } from '@integrations/provider';
import type { EmbeddingDtype } from './embedding.ts';

const CALL = 'mistral embeddings.create';

/** Types whose numbers go from -128 to 127; those of the others go from 0 to 255. */
const SIGNED: ReadonlySet<EmbeddingDtype> = new Set<EmbeddingDtype>(['int8', 'binary']);

/** The numbers of a vector with a byte for each, or with eight to a byte. */
function decodeBytes(text: string, dtype: EmbeddingDtype): number[] {
  const bytes = decodeBase64(text);
  return Array.from(SIGNED.has(dtype) ? new Int8Array(bytes.buffer) : bytes);
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value);
}

/**
 * Vectors that were rounded as numbers, however they travelled. Replaces each in place: a
 * response is large, and nobody else has seen it.
 *
 * @throws ProtocolError when an input has none.
 */
export function decodeRounded<Vector>(
  response: EmbeddingResponse<unknown>,
  dtype: EmbeddingDtype,
  toVector: (numbers: number[]) => Vector,
): EmbeddingResponse<Vector> {
  if (!Array.isArray(response.data)) {
    throw new ProtocolError(`${CALL}: \`data\` in the answer is not a list.`);
  }
  for (const item of response.data) {
    const { embedding } = item;
    const numbers = typeof embedding === 'string' ? decodeBytes(embedding, dtype) : embedding;
    if (!isVector(numbers)) {
      throw new ProtocolError(`${CALL}: input ${item.index} has no vector in the answer.`);
    }
    item.embedding = toVector(numbers);
  }
  return response as EmbeddingResponse<Vector>;
}
