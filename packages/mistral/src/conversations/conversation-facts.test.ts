import type { AnswerFacts } from '@integrations/provider';
import { describe, expect, it } from 'vitest';
import {
  type AnswerRequest,
  collectConversationEvent,
  collectConversationFacts,
  describeConversationRequest,
} from './conversation-facts.ts';
import type { ConversationResponse } from './conversation-response.ts';
import {
  estimateConversationInputTokens,
  estimateConversationTokens,
} from './conversation-token-estimate.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 22, connector_tokens: 7 };
const RESPONSE: ConversationResponse = {
  object: 'conversation.response',
  conversation_id: 'conv_1',
  outputs: [
    { type: 'tool.execution', name: 'web_search', arguments: '{}', model: null },
    { type: 'message.output', content: 'Hi', model: 'small' },
  ],
  usage: USAGE,
};

function factsOf(response: ConversationResponse): AnswerFacts {
  const facts: AnswerFacts = {};
  collectConversationFacts(response, facts);
  return facts;
}

describe('the facts of a conversation', () => {
  it('count what tools of the API read as a part of the prompt', () => {
    const usage = { inputTokens: 17, outputTokens: 5 };
    expect(factsOf(RESPONSE)).toEqual({
      conversationId: 'conv_1',
      model: 'small',
      finishReasons: ['stop'],
      usage,
    });
    const facts: AnswerFacts = {};
    collectConversationEvent({ type: 'conversation.response.done', usage: USAGE }, facts);
    expect(facts).toEqual({ finishReasons: ['stop'], usage });
  });

  it('tell that functions were called', () => {
    const call = { type: 'function.call', tool_call_id: 'a', name: 'f', arguments: '' } as const;
    expect(factsOf({ ...RESPONSE, outputs: [call] })).toMatchObject({
      model: undefined,
      finishReasons: ['tool_calls'],
    });
  });

  it.each<[string, AnswerRequest, object]>([
    ['text', { model: 'small', inputs: 'Hi' }, { model: 'small', messageCount: 1 }],
    ['entries', { agent_id: 'ag_1', inputs: [] }, { model: undefined, messageCount: 0 }],
    ['nothing', {}, { model: undefined, messageCount: undefined }],
    [
      'arguments',
      { completion_args: { max_tokens: 3, response_format: { type: 'json_object' } } },
      { maxTokens: 3, outputType: 'json' },
    ],
  ])('tell of a request with %s', (_what, request, facts) => {
    expect(describeConversationRequest(request, {})).toMatchObject(facts);
  });
});

describe('the conversation', () => {
  it('is told of a request that goes on with it', () => {
    const params = { conversation_id: 'conv_1' };
    expect(describeConversationRequest({ inputs: 'Hi' }, params)).toMatchObject({
      conversationId: 'conv_1',
    });
  });

  it('is told by the first event', () => {
    const facts: AnswerFacts = {};
    const type = 'conversation.response.started';
    collectConversationEvent({ type, conversation_id: 'conv_2' }, facts);
    expect(facts).toEqual({ conversationId: 'conv_2' });
  });
});

describe('the estimate of a conversation', () => {
  // Four characters to a token, and four tokens to each entry.
  const text = 'abcdefgh';

  it.each<[string, AnswerRequest, number]>([
    ['a text', { inputs: text }, 6],
    ['instructions', { model: 'small', instructions: text, inputs: text }, 12],
    ['nothing', {}, 0],
    ['a message of parts', { inputs: [{ role: 'user', content: [{ type: 'text', text }] }] }, 6],
    ['a result', { inputs: [{ type: 'function.result', tool_call_id: 'a', result: text }] }, 6],
    [
      'calls',
      {
        inputs: [
          { type: 'function.call', tool_call_id: 'a', name: 'f', arguments: text },
          { type: 'function.call', tool_call_id: 'a', name: 'f', arguments: { a: 10 } },
        ],
      },
      12,
    ],
  ])('counts %s', (_what, request, tokens) => {
    expect(estimateConversationInputTokens(request)).toBe(tokens);
    const limited = { ...request, completion_args: { max_tokens: 100 } };
    expect(estimateConversationTokens(limited)).toBe(tokens + 100);
    expect(estimateConversationTokens(request)).toBe(tokens);
  });
});
