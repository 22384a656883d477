/** What a prompt asks of a model. Fields that are not listed here are sent as they are. */
export interface CompletionRequest {
  readonly model: string;
  /** Texts or tokens; each of a list gets its own answers. */
  readonly prompt:
    | string
    | readonly string[]
    | readonly number[]
    | readonly (readonly number[])[]
    | null;
  /** How many texts are made to choose the best from; at least `n`. */
  readonly best_of?: number | null | undefined;
  /** Whether the answer begins with the prompt. */
  readonly echo?: boolean | null | undefined;
  /** From -2 to 2. */
  readonly frequency_penalty?: number | null | undefined;
  /** From -100 to 100 by token id. */
  readonly logit_bias?: Readonly<Record<string, number>> | null | undefined;
  /** From 0 to 5: how many tokens are weighed up at each place. */
  readonly logprobs?: number | null | undefined;
  readonly max_tokens?: number | null | undefined;
  /** How many texts for each prompt. */
  readonly n?: number | null | undefined;
  /** From -2 to 2. */
  readonly presence_penalty?: number | null | undefined;
  readonly seed?: number | null | undefined;
  /** At most 4. */
  readonly stop?: string | readonly string[] | null | undefined;
  /** Only with a stream. */
  readonly stream_options?:
    | {
        readonly include_usage?: boolean | undefined;
        readonly include_obfuscation?: boolean | undefined;
      }
    | null
    | undefined;
  /** What comes after the text. */
  readonly suffix?: string | null | undefined;
  /** From 0 to 2. */
  readonly temperature?: number | null | undefined;
  /** From 0 to 1. */
  readonly top_p?: number | null | undefined;
  readonly user?: string | undefined;
}

/** A request whose answer may be whole or a stream. */
export interface CompletionCreateRequest extends CompletionRequest {
  readonly stream?: boolean | null | undefined;
}

/** A request whose answer is a stream. */
export interface CompletionStreamRequest extends CompletionRequest {
  readonly stream: true;
}
