import { expect, it } from 'vitest';
import { genAiMetricDefinitions } from './gen-ai-metrics.ts';

const SUBJECT = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'server.address',
  'server.port',
];

const SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
  67_108_864,
];

/** Written out from the conventions. */
const NAMES = {
  '1.41': [
    'operation.duration',
    'token.usage',
    'operation.time_to_first_chunk',
    'operation.time_per_output_chunk',
  ],
  latest: [
    'inference.duration',
    'embeddings.duration',
    'operation.duration',
    'inference.time_to_first_chunk',
    'inference.time_per_output_chunk',
    'inference.usage.input_tokens',
    'inference.usage.output_tokens',
    'inference.usage.cache_read.input_tokens',
    'inference.usage.cache_write.input_tokens',
    'inference.usage.reasoning.output_tokens',
    'inference.operation.input_tokens',
    'inference.operation.output_tokens',
    'embeddings.operation.input_tokens',
  ],
} as const;

it.each(['1.41', 'latest'] as const)(
  'genAiMetricDefinitions(%j) are those of the conventions, with units, buckets and labels',
  (profile) => {
    const definitions = genAiMetricDefinitions(profile);
    const names = NAMES[profile].map((name) => `gen_ai.client.${name}`);
    expect(definitions.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    for (const { name, kind, unit, buckets, labels } of definitions) {
      const isTokens = name.includes('token');
      expect(unit).toBe(isTokens ? '{token}' : 's');
      expect(kind).toBe(name.includes('.usage.') ? 'counter' : 'histogram');
      expect(buckets).toEqual(kind === 'counter' ? undefined : isTokens ? TOKENS : SECONDS);
      expect(labels).toEqual(expect.arrayContaining(SUBJECT));
      expect(labels.includes('error.type')).toBe(name.endsWith('.duration'));
      expect(labels.includes('gen_ai.token.modality')).toBe(kind === 'counter');
      expect(labels.includes('gen_ai.token.type')).toBe(name === 'gen_ai.client.token.usage');
    }
  },
);
