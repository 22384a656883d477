import { AbortedError, InvalidOutputError, LengthFinishReasonError } from '@integrations/errors';
import { MockHttpTransport } from '@integrations/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createOpenAIClient } from '../../client.ts';
import type { ChunkChoice } from './chat-completion-chunk.ts';
import type { ChatStreamEvent } from './chat-stream-event.ts';
import { zodFunction, zodResponseFormat } from '@integrations/provider';
import type { ParsedChatStream } from './parsed-chat-stream.ts';

const REQUEST = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi.' }] } as const;
const FORMAT = zodResponseFormat(z.object({ n: z.number() }), 'n');
const TOOL = zodFunction({ name: 'add', parameters: z.object({ n: z.number() }) });

type Delta = ChunkChoice['delta'];
type Events = ChatStreamEvent[];

function piece(delta: Delta, over: Partial<ChunkChoice> = {}): ChunkChoice {
  return { index: 0, delta, finish_reason: null, ...over };
}

function end(reason: ChunkChoice['finish_reason'], index = 0): ChunkChoice {
  return { index, delta: {}, finish_reason: reason };
}

function args(index: number, text: string, name?: string): Delta {
  if (name === undefined) return { tool_calls: [{ index, function: { arguments: text } }] };
  const id = `call_${index}`;
  return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: text } }] };
}

/** A stream of these choices, one a chunk. */
async function open(
  choices: readonly ChunkChoice[],
  parts: { readonly format?: typeof FORMAT; readonly tools?: readonly (typeof TOOL)[] } = {},
): Promise<ParsedChatStream<{ n: number }>> {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' };
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const chunks = [
    ...choices.map((choice) => ({ ...head, choices: [choice] })),
    { ...head, choices: [], usage },
  ];
  const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
  const transport = new MockHttpTransport().stream(lines.map((line) => `data: ${line}\n\n`));
  const client = createOpenAIClient({ apiKey: 'test-key', transport });
  return client.chat.completions.stream({
    ...REQUEST,
    response_format: parts.format as typeof FORMAT,
    tools: parts.tools,
  });
}

async function read(stream: ParsedChatStream<unknown>): Promise<Events> {
  const events: Events = [];
  for await (const event of stream.events()) if (event.type !== 'chunk') events.push(event);
  return events;
}

async function failing(stream: ParsedChatStream<unknown>): Promise<unknown> {
  return read(stream).catch((reason: unknown) => reason);
}

describe('ChatStream.events', () => {
  it('gives texts with all that came before, and reads the whole', async () => {
    const stream = await open(
      [
        piece({ role: 'assistant', content: '' }),
        piece({ content: '{"n"' }),
        piece({ content: ':1}' }),
        end('stop'),
      ],
      { format: FORMAT },
    );
    const events = await read(stream);
    expect(events).toEqual([
      { type: 'content.delta', choice: 0, delta: '{"n"', snapshot: '{"n"' },
      { type: 'content.delta', choice: 0, delta: ':1}', snapshot: '{"n":1}' },
      { type: 'content.done', choice: 0, content: '{"n":1}', parsed: { n: 1 } },
    ]);
    const final = await stream.finalMessage();
    expectTypeOf(final.parsed).toEqualTypeOf<{ n: number } | null>();
    expect(final.parsed).toEqual({ n: 1 });
    expect(await stream.finalContent()).toBe('{"n":1}');
    expect(await stream.finalUsage()).toMatchObject({ total_tokens: 5 });
  });

  it('passes the chunks on, before what they cause', async () => {
    const stream = await open([piece({ content: 'a' }), end('stop')]);
    const types: string[] = [];
    for await (const { type } of stream.events()) types.push(type);
    expect(types).toEqual(['chunk', 'content.delta', 'chunk', 'content.done', 'chunk']);
  });

  it('ends an answer whose last piece has no delta', async () => {
    const last = { index: 0, finish_reason: 'stop' } as ChunkChoice;
    const events = await read(await open([piece({ content: 'a' }), last]));
    expect(events.at(-1)).toMatchObject({ type: 'content.done', content: 'a' });
  });

  it('tells several answers apart', async () => {
    const stream = await open([
      piece({ content: 'a' }),
      piece({ content: 'b' }, { index: 1 }),
      end('stop', 1),
      end('stop'),
    ]);
    expect((await read(stream)).map((event) => ('choice' in event ? event.choice : -1))).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('ends an empty text, and no text at all without one', async () => {
    const empty = await open([piece({ content: '' }), end('stop')]);
    expect(await read(empty)).toEqual([
      { type: 'content.done', choice: 0, content: '', parsed: null },
    ]);
    const none = await open([piece({ content: null }), end('stop')]);
    expect(await read(none)).toEqual([]);
  });

  it('gives refusals', async () => {
    const stream = await open([
      piece({ refusal: 'I ' }),
      piece({ refusal: 'will not.' }),
      end('stop'),
    ]);
    expect(await read(stream)).toEqual([
      { type: 'refusal.delta', choice: 0, delta: 'I ', snapshot: 'I ' },
      { type: 'refusal.delta', choice: 0, delta: 'will not.', snapshot: 'I will not.' },
      { type: 'refusal.done', choice: 0, refusal: 'I will not.' },
    ]);
  });

  it('gives calls that follow each other, each done when the next begins', async () => {
    const stream = await open(
      [
        piece(args(0, '', 'add')),
        piece(args(0, '{"n":1}')),
        piece(args(1, '{"n"', 'add')),
        piece(args(1, ':2}')),
        end('tool_calls'),
      ],
      { tools: [TOOL] },
    );
    const type = 'tool_calls.function.arguments';
    const at = (index: number) => ({ choice: 0, index, name: 'add' });
    expect(await read(stream)).toEqual([
      { type: `${type}.delta`, ...at(0), arguments_delta: '', arguments: '' },
      { type: `${type}.delta`, ...at(0), arguments_delta: '{"n":1}', arguments: '{"n":1}' },
      { type: `${type}.done`, ...at(0), arguments: '{"n":1}', parsed_arguments: { n: 1 } },
      { type: `${type}.delta`, ...at(1), arguments_delta: '{"n"', arguments: '{"n"' },
      { type: `${type}.delta`, ...at(1), arguments_delta: ':2}', arguments: '{"n":2}' },
      { type: `${type}.done`, ...at(1), arguments: '{"n":2}', parsed_arguments: { n: 2 } },
    ]);
  });

  it('does not end a call whose pieces come among those of another', async () => {
    const stream = await open([
      piece({ content: 'Let me add.' }),
      piece(args(0, '{"n"', 'add')),
      piece(args(1, '{"n"', 'add')),
      piece(args(0, ':1}')),
      piece(args(1, ':2}')),
      end('tool_calls'),
    ]);
    const done = (await read(stream)).filter(({ type }) => type.endsWith('.done'));
    expect(done).toMatchObject([
      { type: 'content.done', content: 'Let me add.' },
      { index: 0, arguments: '{"n":1}', parsed_arguments: null },
      { index: 1, arguments: '{"n":2}', parsed_arguments: null },
    ]);
  });

  it('says nothing of custom tools', async () => {
    const stream = await open([
      piece({
        tool_calls: [{ index: 0, id: 'c', type: 'custom', custom: { name: 'run', input: 'a' } }],
      }),
      end('tool_calls'),
    ]);
    expect(await read(stream)).toEqual([]);
  });

  it('gives probabilities', async () => {
    const token = (text: string) => ({ token: text, bytes: null, logprob: -1, top_logprobs: [] });
    const [a, b] = [token('a'), token('b')];
    const stream = await open([
      piece({ content: 'a' }, { logprobs: { content: [a], refusal: null } }),
      piece({ content: 'b' }, { logprobs: { content: [b], refusal: [b] } }),
      end('stop'),
    ]);
    const events = (await read(stream)).filter(({ type }) => type.startsWith('logprobs'));
    expect(events).toEqual([
      { type: 'logprobs.content.delta', choice: 0, content: [a], snapshot: [a] },
      { type: 'logprobs.content.delta', choice: 0, content: [b], snapshot: [a, b] },
      { type: 'logprobs.refusal.delta', choice: 0, refusal: [b], snapshot: [b] },
      { type: 'logprobs.content.done', choice: 0, content: [a, b], snapshot: [a, b] },
      { type: 'logprobs.refusal.done', choice: 0, refusal: [b], snapshot: [b] },
    ]);
  });

  it('throws for an answer that does not fit, or was cut', async () => {
    const wrong = await open([piece({ content: '{}' }), end('stop')], { format: FORMAT });
    expect(await failing(wrong)).toBeInstanceOf(InvalidOutputError);
    const cut = await open([piece({ content: '{' }), end('length')], { format: FORMAT });
    expect(await failing(cut)).toBeInstanceOf(LengthFinishReasonError);
    const text = await open([piece({ content: '{' }), end('length')]);
    expect((await read(text)).at(-1)).toMatchObject({ type: 'content.done', content: '{' });
  });

  it('closes the stream of who leaves early', async () => {
    const stream = await open([piece({ content: 'a' }), end('stop')]);
    for await (const { type } of stream.events()) if (type === 'content.delta') break;
    expect(stream.state).toBe('cancelled');
    await expect(stream.finalCompletion()).rejects.toBeInstanceOf(AbortedError);
  });
});
