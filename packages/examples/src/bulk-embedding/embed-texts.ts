import type { MistralClient } from '@integrations/mistral';
import { batches } from './batches.ts';
import { inOrder } from './in-order.ts';
import type { VectorFile } from './vector-file.ts';

/** How texts are embedded. */
export interface EmbedTextsOptions {
  readonly client: Pick<MistralClient, 'embeddings'>;
  readonly model: string;
  /** Texts in one request. @default 64 */
  readonly batchSize?: number;
  /** Requests under way at a time. @default 4 */
  readonly width?: number;
  readonly signal: AbortSignal;
  /** Called with how many vectors the file has, after each batch. */
  readonly onProgress?: (count: number) => void;
}

/**
 * Writes the vectors of texts to a file as they come, in the order of the texts; blank
 * ones have none. A file with vectors is gone on with: the same texts must come again, and
 * those that have one are passed over. No more than `batchSize` × `width` texts are held.
 *
 * @throws what the first request to fail threw; what came before it is in the file.
 */
export async function embedTexts(
  texts: AsyncIterable<string>,
  file: VectorFile,
  { client, model, batchSize = 64, width = 4, signal, onProgress }: EmbedTextsOptions,
): Promise<void> {
  const embed = async (input: string[], stop: AbortSignal): Promise<Float32Array[]> => {
    const { data } = await client.embeddings.createMany(input, {
      model,
      vectors: 'float32',
      signal: AbortSignal.any([signal, stop]),
    });
    return data.map(({ embedding }) => embedding);
  };
  for await (const vectors of inOrder(batches(texts, batchSize, file.count), width, embed)) {
    await file.append(vectors);
    onProgress?.(file.count);
  }
}
