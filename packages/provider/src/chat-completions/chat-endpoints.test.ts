import { RateLimitError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { AcmeHarness, DONE } from '../acme.test.support.ts';
import { askForStream, CHAT, event, openStream, QUESTION } from './acme-chat.test.support.ts';
import { chatCompletionEndpoints, isStreaming } from './chat-endpoints.ts';

const ANSWER = {
  id: 'answer-1',
  model: 'small-2',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'A book.' }, finish_reason: 'stop' },
  ],
  usage: {
    prompt_tokens: 9,
    completion_tokens: 3,
    total_tokens: 12,
    num_cached_tokens: 4,
    completion_tokens_details: { reasoning_tokens: 1 },
  },
};

describe('chatCompletionEndpoints', () => {
  it('tells of whole answers and of streams alike', async () => {
    const h = new AcmeHarness();
    const body = { ...QUESTION, max_tokens: 50, random_seed: 7 };
    h.transport.respond({ json: ANSWER });
    await h.caller.call(CHAT.create, { body });
    const { choices: _choices, ...rest } = ANSWER;
    h.transport.stream([event({ content: 'A book.' }, 'stop', rest), DONE]);
    await (await askForStream(h, { ...body, stream: true })).finalCompletion();
    const roots = h.tracer.spans.filter(({ name }) => name.startsWith('acme.chat.'));
    expect(roots.map(({ name }) => name)).toEqual(['acme.chat.create', 'acme.chat.create_stream']);
    for (const { attributes } of roots) {
      expect(attributes).toMatchObject({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'small',
        'gen_ai.request.max_tokens': 50,
        'gen_ai.request.seed': 7,
        'gen_ai.response.id': 'answer-1',
        'gen_ai.response.model': 'small-2',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 9,
        'gen_ai.usage.output_tokens': 3,
        'gen_ai.usage.cache_read.input_tokens': 4,
        'gen_ai.usage.reasoning.output_tokens': 1,
      });
    }
  });

  it('takes a path, names and rules of the provider', () => {
    const validate = (): void => undefined;
    const describeRequest = () => ({ operation: 'text_completion' });
    const { create, createStream } = chatCompletionEndpoints({
      resource: 'fim',
      path: '/v1/fim/completions',
      validate,
      describe: describeRequest,
      estimateTokens: () => 5,
      estimateInputTokens: () => 2,
    });
    const shared = {
      method: 'POST',
      path: '/v1/fim/completions',
      validate,
      describe: describeRequest,
    };
    expect(create).toMatchObject({ ...shared, operation: 'fim.create', resultKey: 'choices' });
    expect(createStream).toMatchObject({ ...shared, operation: 'fim.create_stream' });
    expect(createStream.estimateTokens?.({ messages: [] })).toBe(5);
    expect(create.estimateInputTokens?.({ messages: [] })).toBe(2);
  });

  it.each([
    '{"error":{"message":"slow down"}}',
    '{"object":"error","message":"slow down"}',
    '{"object":"Error","message":"slow down"}',
  ])('takes the event %s for an error', async (data) => {
    const h = new AcmeHarness();
    const stream = await openStream(h, [event({ content: 'a' }), `data: ${data}\n\n`]);
    await expect(stream.finalContent()).rejects.toThrow(/slow down/);
  });

  it('lets events pass that say nothing', async () => {
    const stream = await openStream(new AcmeHarness(), [
      'data: {"object":"ping"}\n\n',
      'data: 7\n\n',
      event({ content: 'a' }, 'stop'),
    ]);
    expect(await stream.finalContent()).toBe('a');
  });

  it('fails where a stream is refused', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ status: 429, json: {} });
    await expect(askForStream(h, QUESTION)).rejects.toBeInstanceOf(RateLimitError);
  });
});

describe('isStreaming', () => {
  it.each([
    [{ stream: true }, true],
    [{ stream: false }, false],
    [{}, false],
    [undefined, false],
  ])('says of %j %s', (request, expected) => {
    expect(isStreaming(request as object)).toBe(expected);
  });
});
