import { REQUEST } from '../server/answers.ts';
import { DIMENSIONS, VECTORS } from '../server/embedding-answers.ts';

export { REQUEST };

export const MISTRAL_MODEL: string = 'mistral-small-latest';
export const EMBEDDING_MODEL: string = 'text-embedding-3-small';

/** A text for each vector. */
export const TEXTS: string[] = Array.from({ length: VECTORS }, (_, at) => `text number ${at}`);

/** The number of vectors, when all have their length. */
export function countVectors(vectors: readonly { readonly length: number }[]): number {
  return vectors.filter(({ length }) => length === DIMENSIONS).length;
}
