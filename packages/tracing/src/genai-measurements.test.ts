import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GEN_AI_INSTRUMENTS, type GenAiInstrument } from './genai-instruments.ts';
import { type GenAiCallFacts, genAiMeasurements } from './genai-measurements.ts';
import type { GenAiProfile } from './genai-names.ts';

const CALL: GenAiCallFacts = {
  request: {
    operation: 'chat',
    provider: 'openai',
    model: 'large',
    serverAddress: 'api.example.com',
    serverPort: 443,
  },
  response: {
    model: 'large-1',
    timeToFirstChunk: 0.2,
    usage: {
      inputTokens: 10,
      outputTokens: 20,
      cacheReadInputTokens: 4,
      cacheWriteInputTokens: 3,
      reasoningOutputTokens: 5,
    },
  },
  duration: 1.5,
  timesPerOutputChunk: [0.01, 0.02],
};

const SHARED = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'large',
  'gen_ai.response.model': 'large-1',
  'server.address': 'api.example.com',
  'server.port': 443,
};

function told(call: GenAiCallFacts, profile?: GenAiProfile): unknown[] {
  return genAiMeasurements(call, profile).map(({ instrument, value, attributes }) => {
    const more = Object.entries(attributes).filter(([name]) => !(name in SHARED));
    return [instrument.name, value, Object.fromEntries(more)];
  });
}

describe('genAiMeasurements', () => {
  it('tells of a call in profile 1.41', () => {
    expect(told(CALL)).toEqual([
      ['gen_ai.client.operation.duration', 1.5, {}],
      ['gen_ai.client.operation.time_to_first_chunk', 0.2, {}],
      ['gen_ai.client.operation.time_per_output_chunk', 0.01, {}],
      ['gen_ai.client.operation.time_per_output_chunk', 0.02, {}],
      ['gen_ai.client.token.usage', 10, { 'gen_ai.token.type': 'input' }],
      ['gen_ai.client.token.usage', 20, { 'gen_ai.token.type': 'output' }],
    ]);
    for (const { attributes } of genAiMeasurements(CALL)) expect(attributes).toMatchObject(SHARED);
  });

  it('tells of inference in profile latest', () => {
    const unknown = { 'gen_ai.token.modality': 'unknown' };
    expect(told(CALL, 'latest')).toEqual([
      ['gen_ai.client.inference.duration', 1.5, {}],
      ['gen_ai.client.inference.time_to_first_chunk', 0.2, {}],
      ['gen_ai.client.inference.time_per_output_chunk', 0.01, {}],
      ['gen_ai.client.inference.time_per_output_chunk', 0.02, {}],
      ['gen_ai.client.inference.usage.input_tokens', 10, unknown],
      ['gen_ai.client.inference.usage.output_tokens', 20, unknown],
      ['gen_ai.client.inference.usage.cache_read.input_tokens', 4, unknown],
      ['gen_ai.client.inference.usage.cache_write.input_tokens', 3, unknown],
      ['gen_ai.client.inference.usage.reasoning.output_tokens', 5, unknown],
      ['gen_ai.client.inference.operation.input_tokens', 10, {}],
      ['gen_ai.client.inference.operation.output_tokens', 20, {}],
    ]);
  });

  it('tells of embeddings in profile latest', () => {
    const request = { operation: 'embeddings', provider: 'mistral_ai', model: 'embed' } as const;
    const response = { usage: { inputTokens: 8 } };
    expect(told({ request, response, duration: 0.3 }, 'latest')).toEqual([
      ['gen_ai.client.embeddings.duration', 0.3, {}],
      ['gen_ai.client.embeddings.operation.input_tokens', 8, {}],
    ]);
  });

  it('tells the error with the duration only, and no tokens that nobody reported', () => {
    const failed = { request: CALL.request, duration: 2, errorType: 'rate_limit' };
    const error = { 'error.type': 'rate_limit' };
    expect(told(failed)).toEqual([['gen_ai.client.operation.duration', 2, error]]);
    const unknown = { 'gen_ai.token.modality': 'unknown' };
    expect(told(failed, 'latest')).toEqual([
      ['gen_ai.client.inference.duration', 2, error],
      ['gen_ai.client.inference.usage.input_tokens', 0, unknown],
      ['gen_ai.client.inference.usage.output_tokens', 0, unknown],
    ]);
  });

  it('measures nothing that a meter would refuse', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double(),
        fc.constantFrom('1.41', 'latest'),
        (duration, tokens, profile) => {
          const response = { usage: { inputTokens: tokens, outputTokens: tokens } };
          const call = { request: CALL.request, response, duration };
          for (const { value } of genAiMeasurements(call, profile)) {
            expect(Number.isFinite(value) && value >= 0).toBe(true);
          }
        },
      ),
    );
  });
});

describe('GEN_AI_INSTRUMENTS', () => {
  const instruments = (profile: GenAiProfile): GenAiInstrument[] =>
    Object.values<GenAiInstrument>(GEN_AI_INSTRUMENTS[profile]);

  it('has the buckets of the conventions', () => {
    const { duration, tokenUsage } = GEN_AI_INSTRUMENTS['1.41'];
    expect(duration.boundaries).toEqual([
      0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ]);
    expect(tokenUsage.boundaries).toEqual([
      1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
      67_108_864,
    ]);
  });

  it.each(['1.41', 'latest'] as const)(
    'of %s are distinct and measure in s or tokens',
    (profile) => {
      const all = instruments(profile);
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
      for (const { kind, unit, boundaries } of all) {
        expect(['s', '{token}']).toContain(unit);
        expect(boundaries.length).toBe(kind === 'counter' ? 0 : 14);
      }
    },
  );
});
