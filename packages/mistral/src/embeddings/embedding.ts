import type { EmbeddingResponse as EmbeddingList } from '@integrations/provider';

/** What the numbers of a vector are. `binary` and `ubinary` pack eight of them into each number. */
export type EmbeddingDtype = 'float' | 'int8' | 'uint8' | 'binary' | 'ubinary';

/** What to embed. A list gives one vector for each of its members. */
export interface EmbeddingRequest {
  readonly model: string;
  /** Texts, none of them empty. */
  readonly input: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** Length of the vectors, for models that can shorten them. @default the model's own */
  readonly output_dimension?: number | null | undefined;
  /** What the numbers are, for models that can round them. @default 'float' */
  readonly output_dtype?: EmbeddingDtype | undefined;
  /**
   * How the vectors travel. Left out, floats travel as base64, a third of the size, and
   * arrive as numbers; `'base64'` gives the strings themselves.
   */
  readonly encoding_format?: 'float' | 'base64' | undefined;
}

/** The vectors of all inputs of one request. */
export interface EmbeddingResponse<Vector = number[]> extends EmbeddingList<Vector> {
  id: string;
  usage: { prompt_tokens: number; completion_tokens?: number; total_tokens: number };
}
