import { GEN_AI_ATTRIBUTES } from './gen-ai-attribute-names.ts';
import type { GenAiProfile } from './gen-ai-profile.ts';
import type { DeclaredMetric } from './metric-definition.ts';

/** A metric of the conventions. Their names hold dots, so they are for OpenTelemetry only. */
export interface GenAiMetricDefinition extends DeclaredMetric {
  readonly kind: 'counter' | 'histogram';
  /** In UCUM. */
  readonly unit: 's' | '{token}';
}

/** 0.01 to 81.92, each twice the one before. */
const SECONDS: readonly number[] = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);

/** 1 to 67 108 864, each four times the one before. */
const TOKENS: readonly number[] = Array.from({ length: 14 }, (_, power) => 4 ** power);

const NAMES = GEN_AI_ATTRIBUTES['1.41'];

/** What every metric tells of the call. Both profiles name these alike. */
const SUBJECT: readonly string[] = [
  NAMES.operationName,
  NAMES.providerName,
  NAMES.requestModel,
  NAMES.responseModel,
  NAMES.serverAddress,
  NAMES.serverPort,
];

function seconds(name: string, help: string, ...more: readonly string[]): GenAiMetricDefinition {
  const labels = [...SUBJECT, ...more];
  return { name, kind: 'histogram', help, labels, buckets: SECONDS, unit: 's' };
}

function tokens(name: string, help: string, ...more: readonly string[]): GenAiMetricDefinition {
  const labels = [...SUBJECT, ...more];
  return { name, kind: 'histogram', help, labels, buckets: TOKENS, unit: '{token}' };
}

function tokenCounter(name: string, help: string): GenAiMetricDefinition {
  const labels = [...SUBJECT, NAMES.tokenModality];
  return { name, kind: 'counter', help, labels, unit: '{token}' };
}

/** What profile `1.41` measures. */
type Metric1_41 = 'duration' | 'timeToFirstChunk' | 'timePerOutputChunk' | 'tokenUsage';

/** What profile `latest` measures. */
type MetricLatest =
  | 'inferenceDuration'
  | 'embeddingsDuration'
  | 'otherDuration'
  | 'timeToFirstChunk'
  | 'timePerOutputChunk'
  | 'inputTokens'
  | 'outputTokens'
  | 'cacheReadInputTokens'
  | 'cacheWriteInputTokens'
  | 'reasoningOutputTokens'
  | 'inferenceInputTokens'
  | 'inferenceOutputTokens'
  | 'embeddingsInputTokens';

/** The metrics of profile `1.41`, by what they measure. */
export const METRICS_1_41: Readonly<Record<Metric1_41, GenAiMetricDefinition>> = {
  duration: seconds('gen_ai.client.operation.duration', 'How long calls took.', NAMES.errorType),
  timeToFirstChunk: seconds(
    'gen_ai.client.operation.time_to_first_chunk',
    'How long streams took to begin.',
  ),
  timePerOutputChunk: seconds(
    'gen_ai.client.operation.time_per_output_chunk',
    'How long streams took from event to event.',
  ),
  tokenUsage: tokens('gen_ai.client.token.usage', 'Tokens of each call.', NAMES.tokenType),
};

/** The metrics of profile `latest`, by what they measure. */
export const METRICS_LATEST: Readonly<Record<MetricLatest, GenAiMetricDefinition>> = {
  inferenceDuration: seconds(
    'gen_ai.client.inference.duration',
    'How long inference took.',
    NAMES.errorType,
  ),
  embeddingsDuration: seconds(
    'gen_ai.client.embeddings.duration',
    'How long embedding took.',
    NAMES.errorType,
  ),
  otherDuration: seconds(
    'gen_ai.client.operation.duration',
    'How long calls of any other kind took.',
    NAMES.errorType,
  ),
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
  inferenceInputTokens: tokens(
    'gen_ai.client.inference.operation.input_tokens',
    'Tokens of the prompt of each call.',
  ),
  inferenceOutputTokens: tokens(
    'gen_ai.client.inference.operation.output_tokens',
    'Tokens of the answer of each call.',
  ),
  embeddingsInputTokens: tokens(
    'gen_ai.client.embeddings.operation.input_tokens',
    'Tokens of the input of each call for embeddings.',
  ),
};

const PROFILES: Readonly<Record<GenAiProfile, readonly GenAiMetricDefinition[]>> = {
  '1.41': Object.values(METRICS_1_41),
  latest: Object.values(METRICS_LATEST),
};

/** Every metric of a profile, ready to be declared with a meter. */
export function genAiMetricDefinitions(
  profile: GenAiProfile = '1.41',
): readonly GenAiMetricDefinition[] {
  return PROFILES[profile];
}
