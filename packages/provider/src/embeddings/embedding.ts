/** One input: a text, or its tokens. */
export type EmbeddingInput = string | readonly number[];

/** The vector of one input. */
export interface Embedding<Vector = number[]> {
  object: 'embedding';
  /** Which input it belongs to. */
  index: number;
  embedding: Vector;
}

/** The vectors of all inputs. */
export interface EmbeddingResponse<Vector = number[]> {
  object: 'list';
  data: Embedding<Vector>[];
  model: string;
  usage: { prompt_tokens: number; total_tokens: number };
}
