/** What to embed. A list gives one vector for each of its members. */
export interface EmbeddingRequest {
  readonly model: string;
  /** Text or tokens; at most 2048 inputs, none of them empty. */
  readonly input: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  /** Length of the vectors, for models that can shorten them. */
  readonly dimensions?: number | undefined;
  /**
   * How the vectors travel. Left out, they travel as base64, a third of the size,
   * and arrive as numbers; `'base64'` gives the strings themselves.
   */
  readonly encoding_format?: 'float' | 'base64' | undefined;
  readonly user?: string | undefined;
}
