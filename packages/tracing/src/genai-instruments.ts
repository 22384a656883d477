/** How an instrument is created on an OpenTelemetry meter. */
export interface GenAiInstrument {
  readonly name: string;
  readonly kind: 'histogram' | 'counter';
  /** `s` or `{token}`. */
  readonly unit: string;
  readonly description: string;
  /** For `advice.explicitBucketBoundaries`; empty for a counter. */
  readonly boundaries: readonly number[];
}

/** What profile `1.41` measures. */
export type GenAiMetric1_41 = 'duration' | 'timeToFirstChunk' | 'timePerOutputChunk' | 'tokenUsage';

/** What profile `latest` measures. */
export type GenAiMetricLatest =
  | 'inferenceDuration'
  | 'embeddingsDuration'
  | 'timeToFirstChunk'
  | 'timePerOutputChunk'
  | 'inputTokens'
  | 'outputTokens'
  | 'cacheReadInputTokens'
  | 'cacheWriteInputTokens'
  | 'reasoningOutputTokens'
  | 'operationInputTokens'
  | 'operationOutputTokens'
  | 'embeddingsInputTokens';

/** The instruments of both profiles. */
export interface GenAiInstruments {
  readonly '1.41': Readonly<Record<GenAiMetric1_41, GenAiInstrument>>;
  readonly latest: Readonly<Record<GenAiMetricLatest, GenAiInstrument>>;
}

/** 0.01 to 81.92, each twice the one before. */
const SECONDS: readonly number[] = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);

/** 1 to 67 108 864, each four times the one before. */
const TOKENS: readonly number[] = Array.from({ length: 14 }, (_, power) => 4 ** power);

function seconds(name: string, description: string): GenAiInstrument {
  return { name, kind: 'histogram', unit: 's', description, boundaries: SECONDS };
}

function tokens(name: string, description: string): GenAiInstrument {
  return { name, kind: 'histogram', unit: '{token}', description, boundaries: TOKENS };
}

function tokenCounter(name: string, description: string): GenAiInstrument {
  return { name, kind: 'counter', unit: '{token}', description, boundaries: [] };
}

/** Every instrument that a profile has, by what it measures. */
export const GEN_AI_INSTRUMENTS: GenAiInstruments = {
  '1.41': {
    duration: seconds('gen_ai.client.operation.duration', 'How long calls took.'),
    timeToFirstChunk: seconds(
      'gen_ai.client.operation.time_to_first_chunk',
      'How long streams took to begin.',
    ),
    timePerOutputChunk: seconds(
      'gen_ai.client.operation.time_per_output_chunk',
      'How long streams took from event to event.',
    ),
    tokenUsage: tokens('gen_ai.client.token.usage', 'Tokens of each call.'),
  },
  latest: {
    inferenceDuration: seconds('gen_ai.client.inference.duration', 'How long inference took.'),
    embeddingsDuration: seconds('gen_ai.client.embeddings.duration', 'How long embedding took.'),
    timeToFirstChunk: seconds(
      'gen_ai.client.inference.time_to_first_chunk',
      'How long streams took to begin.',
    ),
    timePerOutputChunk: seconds(
      'gen_ai.client.inference.time_per_output_chunk',
      'How long streams took from event to event.',
    ),
    inputTokens: tokenCounter(
      'gen_ai.client.inference.usage.input_tokens',
      'Tokens of prompts, cached ones included.',
    ),
    outputTokens: tokenCounter(
      'gen_ai.client.inference.usage.output_tokens',
      'Tokens of answers, reasoning included.',
    ),
    cacheReadInputTokens: tokenCounter(
      'gen_ai.client.inference.usage.cache_read.input_tokens',
      "Tokens of prompts that were read from the provider's cache.",
    ),
    cacheWriteInputTokens: tokenCounter(
      'gen_ai.client.inference.usage.cache_write.input_tokens',
      "Tokens of prompts that were written to the provider's cache.",
    ),
    reasoningOutputTokens: tokenCounter(
      'gen_ai.client.inference.usage.reasoning.output_tokens',
      'Tokens of answers that were reasoning.',
    ),
    operationInputTokens: tokens(
      'gen_ai.client.inference.operation.input_tokens',
      'Tokens of the prompt of each call.',
    ),
    operationOutputTokens: tokens(
      'gen_ai.client.inference.operation.output_tokens',
      'Tokens of the answer of each call.',
    ),
    embeddingsInputTokens: tokens(
      'gen_ai.client.embeddings.operation.input_tokens',
      'Tokens of the input of each call for embeddings.',
    ),
  },
};
