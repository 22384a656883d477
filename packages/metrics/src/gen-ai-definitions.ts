import { wrongOption } from '@integrations/errors';
import type { DeclaredMetric } from './metric-definition.ts';

/**
 * Which edition of OpenTelemetry's conventions for generative AI: `1.41`, the last one in
 * the general conventions, or `latest`, from their own repository and still changing.
 */
export type GenAiProfile = '1.41' | 'latest';

/** A metric of the conventions. Their names hold dots, so they are for OpenTelemetry only. */
export interface GenAiMetricDefinition extends DeclaredMetric {
  readonly kind: 'counter' | 'histogram';
  /** In UCUM. */
  readonly unit: 's' | '{token}';
}

const SECONDS: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

const TOKENS: readonly number[] = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
  67_108_864,
];

const SUBJECT: readonly string[] = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'server.address',
  'server.port',
];

function seconds(name: string, help: string, more: readonly string[] = []): GenAiMetricDefinition {
  const labels = [...SUBJECT, ...more];
  return { name, kind: 'histogram', help, labels, buckets: SECONDS, unit: 's' };
}

function tokens(name: string, help: string, more: readonly string[] = []): GenAiMetricDefinition {
  const labels = [...SUBJECT, ...more];
  return { name, kind: 'histogram', help, labels, buckets: TOKENS, unit: '{token}' };
}

function tokenCounter(name: string, help: string): GenAiMetricDefinition {
  const labels = [...SUBJECT, 'gen_ai.token.modality'];
  return { name, kind: 'counter', help, labels, unit: '{token}' };
}

const GENERAL: readonly GenAiMetricDefinition[] = [
  seconds('gen_ai.client.operation.duration', 'Seconds of an operation.', ['error.type']),
  tokens('gen_ai.client.token.usage', 'Tokens of an operation.', ['gen_ai.token.type']),
  seconds(
    'gen_ai.client.operation.time_to_first_chunk',
    'Seconds from the request to the first chunk of its stream.',
  ),
  seconds(
    'gen_ai.client.operation.time_per_output_chunk',
    'Seconds from one chunk of a stream to the next.',
  ),
];

const LATEST: readonly GenAiMetricDefinition[] = [
  seconds('gen_ai.client.inference.duration', 'Seconds of an inference.', ['error.type']),
  seconds('gen_ai.client.embeddings.duration', 'Seconds of an embedding.', ['error.type']),
  seconds('gen_ai.client.operation.duration', 'Seconds of any other operation.', ['error.type']),
  seconds(
    'gen_ai.client.inference.time_to_first_chunk',
    'Seconds from the request to the first chunk of its stream.',
  ),
  seconds(
    'gen_ai.client.inference.time_per_output_chunk',
    'Seconds from one chunk of a stream to the next.',
  ),
  tokenCounter(
    'gen_ai.client.inference.usage.input_tokens',
    'Input tokens, those from the cache included.',
  ),
  tokenCounter(
    'gen_ai.client.inference.usage.output_tokens',
    'Output tokens, those of reasoning included.',
  ),
  tokenCounter(
    'gen_ai.client.inference.usage.cache_read.input_tokens',
    'Input tokens that were read from the cache.',
  ),
  tokenCounter(
    'gen_ai.client.inference.usage.cache_write.input_tokens',
    'Input tokens that were written to the cache.',
  ),
  tokenCounter(
    'gen_ai.client.inference.usage.reasoning.output_tokens',
    'Output tokens that were spent on reasoning.',
  ),
  tokens('gen_ai.client.inference.operation.input_tokens', 'Input tokens of an inference.'),
  tokens('gen_ai.client.inference.operation.output_tokens', 'Output tokens of an inference.'),
  tokens('gen_ai.client.embeddings.operation.input_tokens', 'Input tokens of an embedding.'),
];

const PROFILES: Readonly<Record<GenAiProfile, readonly GenAiMetricDefinition[]>> = {
  '1.41': GENERAL,
  latest: LATEST,
};

/**
 * Every metric of an edition that a client records.
 *
 * @throws ConfigurationError for an edition that is not known.
 */
export function genAiMetricDefinitions(profile: GenAiProfile): readonly GenAiMetricDefinition[] {
  if (Object.hasOwn(PROFILES, profile)) return PROFILES[profile];
  throw wrongOption('profile', `one of ${Object.keys(PROFILES).join(', ')}`, profile);
}
