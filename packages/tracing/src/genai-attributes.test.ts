import { ConfigurationError } from '@integrations/errors';
import { TestTracer } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import {
  genAiRequestAttributes,
  genAiResponseAttributes,
  genAiSpanName,
} from './genai-attributes.ts';
import { genAiContentAttributes } from './genai-content.ts';
import type { GenAiRequestFacts, GenAiResponseFacts } from './genai-facts.ts';
import { GEN_AI_ATTRIBUTES, type GenAiProfile } from './genai-names.ts';
import { genAiProfile } from './genai-profile.ts';

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

  it('records content only where somebody opted in', () => {
    const content = {
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
      outputMessages: [{ role: 'assistant', parts: [] }],
      systemInstructions: [{ type: 'text', content: 'Be brief' }],
      toolDefinitions: [{ name: 'search' }],
    };
    expect(genAiContentAttributes(content, undefined, profile)).toEqual({});
    const recorded = genAiContentAttributes(content, {}, profile);
    expect(Object.keys(recorded)).toEqual(CONTENT_NAMES);
    expect(JSON.parse(String(recorded['gen_ai.input.messages']))).toEqual(content.inputMessages);
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

  it('gives attributes that a span can begin with', () => {
    const tracer = new TestTracer();
    tracer.startSpan('openai.chat.create', { attributes: genAiRequestAttributes(REQUEST) }).end();
    expect(tracer.span('openai.chat.create').attributes).toEqual(REQUEST_NAMES);
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

describe('genAiContentAttributes', () => {
  const inputMessages = [{ role: 'user', parts: [{ type: 'text', content: 'my name is Ada' }] }];

  it('lets the hook change each content, or keep it out', () => {
    const seen: string[] = [];
    const recorded = genAiContentAttributes(
      { inputMessages, outputMessages: 'out' },
      {
        redact: (content, kind) => {
          seen.push(kind);
          return kind === 'outputMessages' ? undefined : [{ parts: [], was: typeof content }];
        },
      },
    );
    expect(seen).toEqual(['inputMessages', 'outputMessages']);
    expect(recorded).toEqual({ 'gen_ai.input.messages': '[{"parts":[],"was":"object"}]' });
  });

  it('takes out secrets even so', () => {
    const key = `sk-${'Abc123'.repeat(5)}`;
    const recorded = genAiContentAttributes({ inputMessages: `use ${key}` }, {});
    expect(recorded).toEqual({ 'gen_ai.input.messages': '"use [REDACTED]"' });
  });

  it('records nothing where the hook throws', () => {
    const capture = {
      redact: () => {
        throw new Error('cannot redact');
      },
    };
    expect(() => genAiContentAttributes({ inputMessages }, capture)).toThrow('cannot redact');
  });
});

describe('genAiProfile', () => {
  it.each([
    [undefined, {}, '1.41'],
    [undefined, { OTEL_SEMCONV_STABILITY_OPT_IN: 'http' }, '1.41'],
    [undefined, { OTEL_SEMCONV_STABILITY_OPT_IN: 'http, gen_ai_latest_experimental' }, 'latest'],
    ['1.41', { OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental' }, '1.41'],
    ['latest', {}, 'latest'],
  ] as const)('of %s in %o is %s', (given, environment, profile) => {
    expect(genAiProfile(given, environment)).toBe(profile);
  });

  it('refuses another', () => {
    expect(() => genAiProfile('2' as never)).toThrow(ConfigurationError);
  });
});
