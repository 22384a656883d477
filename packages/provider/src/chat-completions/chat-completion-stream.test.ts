import { LengthFinishReasonError, ProtocolError, ServerError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AcmeHarness, DONE } from '../acme.test.support.ts';
import { CHAT, DIALECT, event, openStream, QUESTION } from './acme-chat.test.support.ts';
import { ChatCompletionStream } from './chat-completion-stream.ts';
import { standardFunction } from './function-tool.ts';
import { standardResponseFormat } from './response-format.ts';

const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

const text = (value: string) => ({ type: 'text', text: value });
const thought = (value: string) => ({ type: 'thinking', thinking: [text(value)] });

/** The events that a stream becomes, without its chunks. */
async function eventsOf(
  events: readonly string[],
  request?: Parameters<typeof openStream>[2],
): Promise<object[]> {
  const stream = await openStream(new AcmeHarness(), events, request);
  const all: object[] = [];
  for await (const each of stream.events()) if (each.type !== 'chunk') all.push(each);
  return all;
}

describe('ChatCompletionStream', () => {
  it('has the whole answer in the end, whichever part is asked for', async () => {
    const h = new AcmeHarness();
    const stream = await openStream(h, [
      event({ role: 'assistant', content: 'Hel' }),
      event({ content: 'lo' }, 'stop', { usage: USAGE }),
    ]);
    expect(await stream.finalContent()).toBe('Hello');
    expect(await stream.finalUsage()).toEqual(USAGE);
    expect(await stream.finalMessage()).toEqual({ role: 'assistant', content: 'Hello' });
    expect(await stream.finalCompletion()).toEqual({
      id: 'answer-1',
      model: 'small-2',
      object: 'chat.completion',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' },
      ],
      usage: USAGE,
    });
  });

  it('gives the text of a content that is a list, and no usage where none came', async () => {
    const stream = await openStream(new AcmeHarness(), [
      event({ content: [thought('Hm.'), text('So')] }, 'stop'),
    ]);
    expect(await stream.finalContent()).toBe('So');
    expect(await stream.finalUsage()).toBeUndefined();
  });

  it('names its call where an answer has no end', async () => {
    const h = new AcmeHarness();
    const unnamed = await openStream(h, [event({ content: 'a' })]);
    const failed = unnamed.finalContent();
    await expect(failed).rejects.toBeInstanceOf(ProtocolError);
    await expect(failed).rejects.toThrow(/^acme chat\.create_stream: .* no finish_reason/);
    h.transport.stream([event({ content: 'a' }), DONE]);
    const named = await h.caller.stream(
      CHAT.createStream,
      { body: QUESTION },
      undefined,
      (reader) => new ChatCompletionStream(reader, { dialect: DIALECT, call: 'acme fim.stream' }),
    );
    await expect(named.finalMessage()).rejects.toThrow(/^acme fim\.stream: /);
  });

  it('tells what a model thinks, and then what it says', async () => {
    const events = await eventsOf([
      event({ content: [thought('Let ')] }),
      event({ content: [thought('me see.'), text('It ')] }),
      event({ content: 'is.' }),
      event({}, 'stop'),
    ]);
    expect(events).toEqual([
      { type: 'thinking.delta', choice: 0, delta: 'Let ', snapshot: 'Let ' },
      { type: 'thinking.delta', choice: 0, delta: 'me see.', snapshot: 'Let me see.' },
      { type: 'thinking.done', choice: 0, thinking: 'Let me see.' },
      { type: 'content.delta', choice: 0, delta: 'It ', snapshot: 'It ' },
      { type: 'content.delta', choice: 0, delta: 'is.', snapshot: 'It is.' },
      { type: 'content.done', choice: 0, content: 'It is.', parsed: null },
    ]);
  });

  it('tells that it thought again after it had written', async () => {
    const events = await eventsOf([
      event({ content: [thought('a'), text('b')] }),
      event({ content: [thought('c')] }),
      event({}, 'stop'),
    ]);
    expect(events.map((each) => ('type' in each ? each.type : ''))).toEqual([
      'thinking.delta',
      'thinking.done',
      'content.delta',
      'thinking.delta',
      'thinking.done',
      'content.done',
    ]);
    expect(events.at(-2)).toMatchObject({ thinking: 'ac' });
  });

  it('tells of calls that are not numbered, and whose arguments are objects', async () => {
    const events = await eventsOf([
      event({ tool_calls: [{ id: 'a', function: { name: 'first', arguments: '{"x"' } }] }),
      event({ tool_calls: [{ id: 'null', function: { name: '', arguments: ':1}' } }] }),
      event({ tool_calls: [{ id: 'b', function: { name: 'second', arguments: { y: 2 } } }] }),
      event({}, 'tool_calls'),
    ]);
    const done = events.filter((each) => 'parsed_arguments' in each);
    expect(done).toMatchObject([
      { index: 0, name: 'first', arguments: '{"x":1}' },
      { index: 1, name: 'second', arguments: '{"y":2}' },
    ]);
  });

  describe('with schemas', () => {
    const format = standardResponseFormat(z.object({ n: z.number() }), 'number');
    const tool = standardFunction({
      name: 'add',
      parameters: z.object({ n: z.number() }),
    });

    it('reads the text of a list, and arguments of either kind', async () => {
      const stream = await openStream(
        new AcmeHarness(),
        [
          event({ content: [thought('Hm.'), text('{"n":')] }),
          event({ content: '1}' }),
          event({ tool_calls: [{ index: 0, function: { name: 'add', arguments: { n: 2 } } }] }),
          event({ tool_calls: [{ index: 1, function: { name: 'add', arguments: '{"n":3}' } }] }),
          event({}, 'stop'),
        ],
        { response_format: format, tools: [tool] },
      );
      expect(await stream.finalMessage()).toMatchObject({
        parsed: { n: 1 },
        tool_calls: [
          { function: { parsed_arguments: { n: 2 } } },
          { function: { parsed_arguments: { n: 3 } } },
        ],
      });
    });

    it.each([
      ['length', LengthFinishReasonError, /cut at its limit of tokens. Raise `max_tokens`/],
      ['model_length', LengthFinishReasonError, /Raise `max_tokens`/],
      ['content_filter', Error, /the content filter held the answer back/],
      ['error', ServerError, /the model failed before its answer was whole/],
    ])('tells that an answer ended by %s cannot be read', async (reason, kind, message) => {
      const events = [event({ content: '{"n"' }, reason)];
      const stream = await openStream(new AcmeHarness(), events, { response_format: format });
      const failed = stream.finalCompletion();
      await expect(failed).rejects.toBeInstanceOf(kind);
      await expect(failed).rejects.toThrow(message);
      await expect(failed).rejects.toMatchObject({ requestId: 'req_1' });
      const told = eventsOf(events, { response_format: format });
      await expect(told).rejects.toThrow(message);
    });

    it('leaves an answer that ended early as it is where nothing is to be read', async () => {
      const stream = await openStream(new AcmeHarness(), [event({ content: 'a' }, 'error')], {});
      expect(await stream.finalContent()).toBe('a');
      expect(await stream.finalMessage()).toMatchObject({ parsed: null });
    });

    it('names the part in what is wrong with its schema', () => {
      const wrong = standardResponseFormat(z.object({ n: z.bigint() }), 'number');
      expect(() => wrong.json_schema.schema).toThrow(/^response format "number"/);
      const tool = standardFunction({
        name: 'add',
        parameters: z.object({ n: z.bigint() }),
      });
      expect(() => tool.function.parameters).toThrow(/^function "add"/);
    });
  });
});
