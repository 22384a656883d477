import { describe, expect, it } from 'vitest';
import { GEN_AI_ATTRIBUTES } from './gen-ai-attribute-names.ts';
import {
  genAiRequestAttributes,
  genAiResponseAttributes,
  genAiSpanName,
} from './gen-ai-attributes.ts';
import type { GenAiRequestFacts, GenAiResponseFacts } from './gen-ai-facts.ts';
import type { GenAiProfile } from './gen-ai-profile.ts';

const REQUEST: GenAiRequestFacts = {
  operation: 'chat',
  provider: 'mistral_ai',
  model: 'large',
  stream: true,
  maxTokens: 100,
  temperature: 0,
  topP: 0.9,
  topK: 40,
  seed: 7,
  stopSequences: 'end',
  frequencyPenalty: 0.1,
  presencePenalty: 0.2,
  choiceCount: 2,
  encodingFormats: ['float'],
  embeddingDimensions: 512,
  outputType: 'json',
  conversationId: 'conv_1',
  serverAddress: 'api.example.com',
  serverPort: 443,
  tool: { name: 'search', callId: 'call_1', type: 'function' },
  openai: { apiType: 'responses', serviceTier: 'flex' },
};

const RESPONSE: GenAiResponseFacts = {
  id: 'resp_1',
  model: 'large-2411',
  finishReasons: ['stop', 'length'],
  timeToFirstChunk: 0.25,
  usage: {
    inputTokens: 10,
    outputTokens: 20,
    cacheReadInputTokens: 4,
    cacheWriteInputTokens: 3,
    reasoningOutputTokens: 5,
  },
  openai: { serviceTier: 'default', systemFingerprint: 'fp_1' },
};

/** Written out from the conventions, not from the table. */
const REQUEST_NAMES = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'mistral_ai',
  'gen_ai.request.model': 'large',
  'gen_ai.request.stream': true,
  'gen_ai.request.max_tokens': 100,
  'gen_ai.request.temperature': 0,
  'gen_ai.request.top_p': 0.9,
  'gen_ai.request.top_k': 40,
  'gen_ai.request.seed': 7,
  'gen_ai.request.stop_sequences': ['end'],
  'gen_ai.request.frequency_penalty': 0.1,
  'gen_ai.request.presence_penalty': 0.2,
  'gen_ai.request.choice.count': 2,
  'gen_ai.request.encoding_formats': ['float'],
  'gen_ai.embeddings.dimension.count': 512,
  'gen_ai.output.type': 'json',
  'gen_ai.conversation.id': 'conv_1',
  'server.address': 'api.example.com',
  'server.port': 443,
  'gen_ai.tool.name': 'search',
  'gen_ai.tool.call.id': 'call_1',
  'gen_ai.tool.type': 'function',
  'openai.api.type': 'responses',
  'openai.request.service_tier': 'flex',
};

const RESPONSE_NAMES = {
  'gen_ai.response.id': 'resp_1',
  'gen_ai.response.model': 'large-2411',
  'gen_ai.response.finish_reasons': ['stop', 'length'],
  'gen_ai.response.time_to_first_chunk': 0.25,
  'gen_ai.usage.input_tokens': 10,
  'gen_ai.usage.output_tokens': 20,
  'gen_ai.usage.cache_read.input_tokens': 4,
  'gen_ai.usage.reasoning.output_tokens': 5,
  'openai.response.service_tier': 'default',
  'openai.response.system_fingerprint': 'fp_1',
};

const CACHE_WRITE: Readonly<Record<GenAiProfile, string>> = {
  '1.41': 'gen_ai.usage.cache_creation.input_tokens',
  latest: 'gen_ai.usage.cache_write.input_tokens',
};

const CONTENT_NAMES = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
];

describe.each(['1.41', 'latest'] as const)('profile %s', (profile) => {
  it('names everything that is known before the call', () => {
    expect(genAiRequestAttributes(REQUEST, profile)).toEqual(REQUEST_NAMES);
  });

  it('names everything that is known after it', () => {
    expect(genAiResponseAttributes(RESPONSE, profile)).toEqual({
      ...RESPONSE_NAMES,
      [CACHE_WRITE[profile]]: 3,
    });
  });

  it('has no other names, and no name twice', () => {
    const names = Object.values(GEN_AI_ATTRIBUTES[profile]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.toSorted()).toEqual(
      [
        ...Object.keys(REQUEST_NAMES),
        ...Object.keys(RESPONSE_NAMES),
        ...CONTENT_NAMES,
        CACHE_WRITE[profile],
        'gen_ai.token.type',
        'gen_ai.token.modality',
        'error.type',
      ].toSorted(),
    );
  });
});

describe('genAiRequestAttributes', () => {
  it('leaves out what is unknown, and a single answer', () => {
    const facts = { operation: 'embeddings', provider: 'openai', choiceCount: 1 } as const;
    expect(genAiRequestAttributes({ ...facts, model: undefined })).toEqual({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
    });
    expect(genAiResponseAttributes({})).toEqual({});
  });

  it('names the conversation, of a request that knows it or by the answer', () => {
    const name = { 'gen_ai.conversation.id': 'conv_2' };
    const facts = { operation: 'chat', provider: 'mistral_ai', conversationId: 'conv_2' } as const;
    expect(genAiRequestAttributes(facts)).toMatchObject(name);
    expect(genAiResponseAttributes({ conversationId: 'conv_2' })).toEqual(name);
  });
});

describe('genAiSpanName', () => {
  it.each([
    [{ operation: 'chat', provider: 'openai', model: 'large' }, 'chat large'],
    [{ operation: 'embeddings', provider: 'openai' }, 'embeddings'],
    [{ operation: 'execute_tool', provider: 'openai', tool: { name: 'f' } }, 'execute_tool f'],
  ] as const)('of %o is %s', (facts, name) => {
    expect(genAiSpanName(facts)).toBe(name);
  });
});
