import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GenAiCallFacts, genAiMeasurements } from './gen-ai-measurements.ts';
import { genAiMetricDefinitions } from './gen-ai-metrics.ts';
import { GEN_AI_PROFILES, type GenAiProfile } from './gen-ai-profile.ts';

const USAGE = {
  inputTokens: 10,
  outputTokens: 20,
  cacheReadInputTokens: 4,
  cacheWriteInputTokens: 3,
  reasoningOutputTokens: 5,
};

const CALL: GenAiCallFacts = {
  request: {
    operation: 'chat',
    provider: 'openai',
    model: 'large',
    serverAddress: 'api.example.com',
    serverPort: 443,
  },
  response: { model: 'large-1', timeToFirstChunk: 0.2, usage: USAGE },
  duration: 1.5,
  timesPerOutputChunk: [0.01, 0.02],
};

const SUBJECT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'large',
  'gen_ai.response.model': 'large-1',
  'server.address': 'api.example.com',
  'server.port': '443',
};

const UNKNOWN = { 'gen_ai.token.modality': 'unknown' };
const ERROR = { 'error.type': 'rate_limit' };

/** Each measurement, with the labels that not all of them have. */
function told(call: GenAiCallFacts, profile?: GenAiProfile): unknown[] {
  return genAiMeasurements(call, profile).map(({ name, value, labels }) => {
    const more = Object.entries(labels).filter(([label]) => !(label in SUBJECT));
    return [name, value, Object.fromEntries(more)];
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
    for (const { labels } of genAiMeasurements(CALL)) expect(labels).toMatchObject(SUBJECT);
  });

  it('tells of inference in profile latest', () => {
    const scope = 'gen_ai.client.inference';
    expect(told(CALL, 'latest')).toEqual([
      [`${scope}.duration`, 1.5, {}],
      [`${scope}.time_to_first_chunk`, 0.2, {}],
      [`${scope}.time_per_output_chunk`, 0.01, {}],
      [`${scope}.time_per_output_chunk`, 0.02, {}],
      [`${scope}.usage.input_tokens`, 10, UNKNOWN],
      [`${scope}.usage.output_tokens`, 20, UNKNOWN],
      [`${scope}.usage.cache_read.input_tokens`, 4, UNKNOWN],
      [`${scope}.usage.cache_write.input_tokens`, 3, UNKNOWN],
      [`${scope}.usage.reasoning.output_tokens`, 5, UNKNOWN],
      [`${scope}.operation.input_tokens`, 10, {}],
      [`${scope}.operation.output_tokens`, 20, {}],
    ]);
  });

  it('tells of embeddings in profile latest', () => {
    const request = { operation: 'embeddings', provider: 'mistral_ai', model: 'embed' };
    const response = { usage: { inputTokens: 8 } };
    expect(told({ request, response, duration: 0.3 }, 'latest')).toEqual([
      ['gen_ai.client.embeddings.duration', 0.3, {}],
      ['gen_ai.client.embeddings.operation.input_tokens', 8, {}],
    ]);
  });

  it('tells only the duration of what is neither inference nor embeddings', () => {
    const call = { ...CALL, request: { ...CALL.request, operation: 'ocr' } };
    expect(told(call, 'latest')).toEqual([['gen_ai.client.operation.duration', 1.5, {}]]);
  });

  it('tells the error with the duration only, and no tokens that nobody reported', () => {
    const failed = { request: CALL.request, duration: 2, errorType: 'rate_limit' };
    expect(told(failed)).toEqual([['gen_ai.client.operation.duration', 2, ERROR]]);
    expect(told(failed, 'latest')).toEqual([
      ['gen_ai.client.inference.duration', 2, ERROR],
      ['gen_ai.client.inference.usage.input_tokens', 0, UNKNOWN],
      ['gen_ai.client.inference.usage.output_tokens', 0, UNKNOWN],
    ]);
  });

  it('counts the tokens of a call that failed, and keeps them out of percentiles', () => {
    const failed = { ...CALL, errorType: 'stream_truncated' };
    const names = genAiMeasurements(failed, 'latest').map(({ name }) => name);
    expect(names).toContain('gen_ai.client.inference.usage.input_tokens');
    expect(names.filter((name) => name.includes('.operation.'))).toEqual([]);
  });

  it('tells the modality of tokens that were reported, and of no others', () => {
    const response = { usage: { inputTokens: 10, modality: 'text' } } as const;
    expect(told({ request: CALL.request, response, duration: 1 }, 'latest')).toEqual([
      ['gen_ai.client.inference.duration', 1, {}],
      ['gen_ai.client.inference.usage.input_tokens', 10, { 'gen_ai.token.modality': 'text' }],
      ['gen_ai.client.inference.usage.output_tokens', 0, UNKNOWN],
      ['gen_ai.client.inference.operation.input_tokens', 10, {}],
    ]);
  });

  it.each(['chat', 'text_completion', 'generate_content', 'embeddings', 'ocr'])(
    'of %s keeps to what the definitions declare',
    (operation) => {
      const call = { ...CALL, request: { ...CALL.request, operation }, errorType: 'server' };
      for (const profile of GEN_AI_PROFILES) {
        for (const { name, kind, labels } of genAiMeasurements(call, profile)) {
          const definition = genAiMetricDefinitions(profile).find((one) => one.name === name);
          expect(definition?.kind).toBe(kind);
          expect(definition?.labels).toEqual(expect.arrayContaining(Object.keys(labels)));
        }
      }
    },
  );

  it('measures nothing that a meter would refuse', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double(),
        fc.constantFrom(...GEN_AI_PROFILES),
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
