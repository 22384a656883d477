/** What the conventions call the kinds of calls; what they have no name for has one of its own. */
export type GenAiOperation =
  | 'chat'
  | 'text_completion'
  | 'generate_content'
  | 'embeddings'
  | 'execute_tool'
  | (string & {});

/** What the conventions call the providers; another provider has its own name. */
export type GenAiProvider = 'openai' | 'mistral_ai' | (string & {});

/** What a call is, known before it is made. What is undefined is not recorded. */
export interface GenAiRequestFacts {
  readonly operation: GenAiOperation;
  readonly provider: GenAiProvider;
  readonly model?: string | undefined;
  readonly stream?: boolean | undefined;
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly seed?: number | undefined;
  readonly stopSequences?: string | readonly string[] | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  /** How many answers were asked for. One is not recorded, as the conventions have it. */
  readonly choiceCount?: number | undefined;
  readonly encodingFormats?: readonly string[] | undefined;
  /** The length of the vectors that were asked for. */
  readonly embeddingDimensions?: number | undefined;
  /** What kind of content was asked for: `text`, `json`, `image`, `speech`. */
  readonly outputType?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
  /** The tool that a span `execute_tool` runs. */
  readonly tool?: GenAiToolFacts | undefined;
  /** What only OpenAI has. */
  readonly openai?: OpenAiRequestFacts | undefined;
}

/** A tool that the model called. */
export interface GenAiToolFacts {
  readonly name: string;
  readonly callId?: string | undefined;
  /** Such as `function`. */
  readonly type?: string | undefined;
}

/** What OpenAI's requests have besides. */
export interface OpenAiRequestFacts {
  /** `chat_completions` or `responses`. */
  readonly apiType?: string | undefined;
  readonly serviceTier?: string | undefined;
}

/** The tokens of one call. */
export interface GenAiUsage {
  /** The whole prompt, cached tokens included. */
  readonly inputTokens?: number | undefined;
  /** The whole answer, reasoning included. */
  readonly outputTokens?: number | undefined;
  /** How much of the prompt was read from the provider's cache. */
  readonly cacheReadInputTokens?: number | undefined;
  /** How much of the prompt was written to the provider's cache. */
  readonly cacheWriteInputTokens?: number | undefined;
  /** How much of the answer was reasoning. */
  readonly reasoningOutputTokens?: number | undefined;
  /** What kind of content all of the tokens are; metrics of profile `latest` only. @default 'unknown' */
  readonly modality?: 'text' | 'image' | 'audio' | 'unknown' | undefined;
}

/** What the call gave, known at its end. */
export interface GenAiResponseFacts {
  readonly id?: string | undefined;
  /** The model that answered. */
  readonly model?: string | undefined;
  /** Why each answer ended, in their order. */
  readonly finishReasons?: readonly string[] | undefined;
  /** The conversation that the answer is a part of; the request may not have known it. */
  readonly conversationId?: string | undefined;
  readonly usage?: GenAiUsage | undefined;
  /** Seconds from the call to the first event of its stream. */
  readonly timeToFirstChunk?: number | undefined;
  /** What only OpenAI has. */
  readonly openai?: OpenAiResponseFacts | undefined;
}

/** What OpenAI's responses have besides. */
export interface OpenAiResponseFacts {
  readonly serviceTier?: string | undefined;
  readonly systemFingerprint?: string | undefined;
}
