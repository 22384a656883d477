import { describe, expect, it } from 'vitest';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { Response } from './response.ts';
import {
  collectEventFacts,
  collectResponseFacts,
  describeResponseRequest,
} from './response-facts.ts';
import type { ResponseCreateRequest } from './response-request.ts';

const REQUEST: ResponseCreateRequest = { model: 'gpt-4o-mini', input: 'Hello.' };

function response(fields: object): Response {
  return { id: 'resp_1', model: 'gpt-4o', output: [], ...fields } as unknown as Response;
}

function finishReasons(fields: object): unknown {
  const facts = {};
  collectResponseFacts(response(fields), facts);
  return (facts as { finishReasons?: unknown }).finishReasons;
}

describe('describeResponseRequest', () => {
  it('tells what is asked of the model', () => {
    const request: ResponseCreateRequest = {
      ...REQUEST,
      stream: true,
      conversation: { id: 'conv_1' },
      max_output_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      service_tier: 'flex',
      text: { format: { type: 'json_schema', name: 'answer', schema: {} } },
    };
    expect(describeResponseRequest(request)).toEqual({
      operation: 'chat',
      model: 'gpt-4o-mini',
      messageCount: 1,
      stream: true,
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      outputType: 'json',
      conversationId: 'conv_1',
      openai: { apiType: 'responses', serviceTier: 'flex' },
    });
  });

  it.each<[object, object]>([
    [{ conversation: 'conv_2' }, { conversationId: 'conv_2' }],
    [{ conversation: null }, { conversationId: undefined }],
    [{ input: [{ role: 'user', content: 'a' }, { id: 'msg_1' }] }, { messageCount: 2 }],
    [{ input: undefined }, { messageCount: undefined }],
    [{ text: { format: { type: 'text' } } }, { outputType: 'text' }],
    [{ text: {} }, { outputType: undefined }],
  ])('reads %j', (fields, facts) => {
    expect(describeResponseRequest({ ...REQUEST, ...fields })).toMatchObject(facts);
  });
});

describe('collectResponseFacts', () => {
  it.each<[object, unknown]>([
    [{ status: 'completed' }, ['stop']],
    [{ status: 'completed', output: [{ type: 'function_call' }] }, ['tool_calls']],
    [{ status: 'completed', output: [{ type: 'custom_tool_call' }] }, ['tool_calls']],
    [{ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }, ['length']],
    [
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      ['content_filter'],
    ],
    [{ status: 'incomplete', incomplete_details: null }, ['incomplete']],
    [{ status: 'failed' }, ['failed']],
    [{ status: 'cancelled' }, ['cancelled']],
    [{ status: 'queued' }, undefined],
    [{ status: 'in_progress' }, undefined],
  ])('tells why the model stopped: %j', (fields, reasons) => {
    expect(finishReasons(fields)).toEqual(reasons);
  });

  it('tells the tokens with those that were cached and those that were thoughts', () => {
    const usage = {
      input_tokens: 2048,
      input_tokens_details: { cached_tokens: 1024, cache_write_tokens: 128 },
      output_tokens: 70,
      output_tokens_details: { reasoning_tokens: 50 },
      total_tokens: 2118,
    };
    const facts = {};
    collectResponseFacts(response({ usage, service_tier: 'default' }), facts);
    expect(facts).toMatchObject({
      id: 'resp_1',
      model: 'gpt-4o',
      serviceTier: 'default',
      usage: {
        inputTokens: 2048,
        outputTokens: 70,
        cacheReadInputTokens: 1024,
        cacheWriteInputTokens: 128,
        reasoningOutputTokens: 50,
      },
    });
  });

  it('takes a usage without details', () => {
    const facts = {};
    collectResponseFacts(response({ usage: { input_tokens: 1, output_tokens: 2 } }), facts);
    expect(facts).toMatchObject({ usage: { inputTokens: 1, outputTokens: 2 } });
  });
});

describe('collectEventFacts', () => {
  it('learns from the events that show the response, and from no others', () => {
    const facts = {};
    const shown = response({ status: 'in_progress', usage: null });
    collectEventFacts({ type: 'response.created', response: shown, sequence_number: 0 }, facts);
    collectEventFacts({ type: 'response.sparkle' } as unknown as ResponseStreamEvent, facts);
    expect(facts).toEqual({ id: 'resp_1', model: 'gpt-4o', serviceTier: undefined });
    const ended = response({ status: 'completed', usage: { input_tokens: 1, output_tokens: 2 } });
    collectEventFacts({ type: 'response.completed', response: ended, sequence_number: 1 }, facts);
    expect(facts).toMatchObject({ finishReasons: ['stop'], usage: { outputTokens: 2 } });
  });
});
