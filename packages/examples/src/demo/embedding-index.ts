import type { OpenAIClient } from '@integrations/openai';
import { DemoFailure } from './failure.ts';
import { callOnce, type MakeCall } from './make-call.ts';
import type { Passage } from './passages.ts';

/** How passages are embedded. */
export interface EmbeddingSettings {
  readonly client: Pick<OpenAIClient, 'embeddings'>;
  readonly model: string;
  readonly signal: AbortSignal;
  /** @default makes the call once */
  readonly makeCall?: MakeCall | undefined;
  /** Called with the number of passages done, after each batch. */
  readonly onProgress?: (done: number) => void;
}

/** A passage, and how near it is to what was asked. */
export interface RankedPassage {
  readonly passage: Passage;
  /** Cosine of the angle between the vectors, from -1 to 1. */
  readonly similarity: number;
}

const BATCH_SIZE = 32;
const BATCHES_IN_FLIGHT = 3;

/** Passages with their vectors, to be searched by meaning. */
export class EmbeddingIndex {
  readonly #passages: readonly Passage[];
  /** Of length one, so that a product of two is their cosine. */
  readonly #vectors: readonly Float32Array[];

  /** @throws DemoFailure when there is not one vector for each passage, all of one length. */
  constructor(passages: readonly Passage[], vectors: readonly Float32Array[]) {
    const [first] = vectors;
    const areAlike = vectors.every((vector) => vector.length === first?.length);
    if (vectors.length !== passages.length || !areAlike) {
      throw new DemoFailure(
        `There are ${passages.length} passages but ${vectors.length} vectors for them, or their lengths differ.`,
      );
    }
    this.#passages = passages;
    this.#vectors = vectors.map(toUnitLength);
  }

  /** The passages nearest to a vector that have something to quote, the nearest first, each text once. */
  nearest(vector: Float32Array, count: number): RankedPassage[] {
    const sought = toUnitLength(vector);
    const ranked = this.#passages
      .map((passage, at) => ({ passage, similarity: product(this.#vectors[at] ?? sought, sought) }))
      .toSorted((a, b) => b.similarity - a.similarity);
    const seen = new Set<string>();
    return ranked
      .filter(({ passage: { prose, text } }) => prose !== '' && !seen.has(text) && seen.add(text))
      .slice(0, count);
  }
}

/** Embeds passages, a few batches at a time. The first batch that fails stops the others. */
export async function embedPassages(
  passages: readonly Passage[],
  settings: EmbeddingSettings,
): Promise<EmbeddingIndex> {
  const vectors = new Array<Float32Array>(passages.length);
  const failed = new AbortController();
  const signal = AbortSignal.any([settings.signal, failed.signal]);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < passages.length) {
      const start = next;
      next += BATCH_SIZE;
      const texts = passages.slice(start, start + BATCH_SIZE).map(embeddedText);
      const found = await embed(texts, { ...settings, signal });
      for (const [at, vector] of found.entries()) vectors[start + at] = vector;
      done += found.length;
      settings.onProgress?.(done);
    }
  };
  const workers = Array.from({ length: BATCHES_IN_FLIGHT }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await throwFirst(workers, failed.signal);
  return new EmbeddingIndex(passages, vectors);
}

/** The vectors of texts, in their order. */
export async function embed(
  texts: readonly string[],
  { client, model, signal, makeCall = callOnce }: EmbeddingSettings,
): Promise<Float32Array[]> {
  const response = await makeCall('embeddings', () =>
    client.embeddings.create({ model, input: texts }, { vectors: 'float32', signal }),
  );
  const vectors = new Array<Float32Array | undefined>(texts.length).fill(undefined);
  for (const { index, embedding } of response.data) vectors[index] = embedding;
  const given = vectors.filter((vector) => vector !== undefined);
  if (given.length === texts.length && vectors.length === texts.length) return given;
  throw new DemoFailure(
    `The embedding model gave ${response.data.length} vectors for ${texts.length} texts.`,
  );
}

/** Waits for all workers, so that none runs on unseen, and then throws what the first one to fail threw. */
async function throwFirst(workers: readonly Promise<void>[], failed: AbortSignal): Promise<void> {
  await Promise.allSettled(workers);
  failed.throwIfAborted();
}

/** A heading often holds the very word that a question has. */
function embeddedText({ heading, text }: Passage): string {
  return heading === '' ? text : `${heading}\n\n${text}`;
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** A vector without direction is near to nothing. */
function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}
