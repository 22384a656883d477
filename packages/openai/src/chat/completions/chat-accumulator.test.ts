import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { ChatCompletion, ChatCompletionChoice, FunctionToolCall } from './chat-completion.ts';
import type { ChatCompletionChunk, ChoiceDelta, ChunkChoice } from './chat-completion-chunk.ts';

const HEAD = { id: 'chatcmpl-1', created: 1, model: 'gpt-4o-mini' } as const;

function chunk(
  choices: ChunkChoice[],
  over: Partial<ChatCompletionChunk> = {},
): ChatCompletionChunk {
  return { ...HEAD, object: 'chat.completion.chunk', choices, ...over };
}

function delta(value: ChoiceDelta, index = 0): ChunkChoice {
  return { index, delta: value, finish_reason: null };
}

function accumulate(chunks: readonly ChatCompletionChunk[]): ChatCompletion | undefined {
  const accumulator = new ChatAccumulator();
  for (const each of chunks) accumulator.add(each);
  return accumulator.completion();
}

const STOP: ChunkChoice = { index: 0, delta: {}, finish_reason: 'stop' };

/** Cuts a text at the given places, each a share of its length. */
function cut(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((share) => Math.floor(share * text.length)))].toSorted(
    (a, b) => a - b,
  );
  return [0, ...places].map((from, at) => text.slice(from, places[at] ?? text.length));
}

describe('ChatAccumulator', () => {
  it('has nothing until an answer is finished', () => {
    expect(accumulate([])).toBeUndefined();
    expect(accumulate([chunk([delta({ role: 'assistant', content: 'Hel' })])])).toBeUndefined();
  });

  it('has nothing while one of several answers is not finished', () => {
    const first = chunk([delta({ content: 'a' }, 0), delta({ content: 'b' }, 1)]);
    expect(accumulate([first, chunk([STOP])])).toBeUndefined();
  });

  it('puts texts, usage and fields together', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
    const completion = accumulate([
      chunk([delta({ role: 'assistant', content: '', refusal: null })], {
        system_fingerprint: 'fp',
      }),
      chunk([delta({ content: 'Hello' })], { service_tier: 'default', obfuscation: 'xyz' }),
      chunk([delta({ content: ' you' })], { usage: null }),
      chunk([STOP]),
      chunk([], { usage }),
    ]);
    expect(completion).toEqual({
      ...HEAD,
      object: 'chat.completion',
      system_fingerprint: 'fp',
      service_tier: 'default',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello you', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage,
    });
  });

  it('keeps an answer of nothing but a refusal', () => {
    const completion = accumulate([
      chunk([delta({ refusal: 'I will ' })]),
      chunk([delta({ refusal: 'not.' })]),
      chunk([STOP]),
    ]);
    expect(completion?.choices[0]?.message).toMatchObject({
      content: null,
      refusal: 'I will not.',
    });
  });

  it('continues tool calls by index, without id or name', () => {
    const completion = accumulate([
      chunk([
        delta({
          tool_calls: [
            { index: 1, id: 'call_b', type: 'function', function: { name: 'b', arguments: '' } },
          ],
        }),
      ]),
      chunk([
        delta({
          tool_calls: [
            {
              index: 0,
              id: 'call_a',
              type: 'function',
              function: { name: 'a', arguments: '{"x"' },
            },
          ],
        }),
      ]),
      chunk([delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] })]),
      chunk([delta({ tool_calls: [{ index: 1, function: { arguments: '{}' } }] })]),
      chunk([{ index: 0, delta: {}, finish_reason: 'tool_calls' }]),
    ]);
    expect(completion?.choices[0]?.message.tool_calls).toEqual([
      { id: 'call_a', type: 'function', function: { name: 'a', arguments: '{"x":1}' } },
      { id: 'call_b', type: 'function', function: { name: 'b', arguments: '{}' } },
    ]);
  });

  it('does not double a name or an id that a server repeats', () => {
    const call = {
      index: 0,
      id: 'call_a',
      type: 'function',
      function: { name: 'a', arguments: '1' },
    } as const;
    const completion = accumulate([
      chunk([delta({ tool_calls: [call] })]),
      chunk([delta({ tool_calls: [call] })]),
      chunk([STOP]),
    ]);
    expect(completion?.choices[0]?.message.tool_calls).toEqual([
      { id: 'call_a', type: 'function', function: { name: 'a', arguments: '11' } },
    ]);
  });

  it('puts custom tool calls together', () => {
    const completion = accumulate([
      chunk([
        delta({
          tool_calls: [{ index: 0, id: 'c', type: 'custom', custom: { name: 'run', input: 'a' } }],
        }),
      ]),
      chunk([delta({ tool_calls: [{ index: 0, custom: { input: 'b' } }] })]),
      chunk([STOP]),
    ]);
    expect(completion?.choices[0]?.message.tool_calls).toEqual([
      { id: 'c', type: 'custom', custom: { name: 'run', input: 'ab' } },
    ]);
  });

  it('joins logprobs', () => {
    const token = (text: string) => ({ token: text, bytes: null, logprob: -1, top_logprobs: [] });
    const completion = accumulate([
      chunk([{ ...delta({ content: 'a' }), logprobs: { content: [token('a')], refusal: null } }]),
      chunk([{ ...delta({ content: 'b' }), logprobs: { content: [token('b')], refusal: null } }]),
      chunk([STOP]),
    ]);
    expect(completion?.choices[0]?.logprobs).toEqual({
      content: [token('a'), token('b')],
      refusal: null,
    });
  });

  it('keeps fields that it has never heard of', () => {
    const unknown = (text: string): ChoiceDelta => ({ reasoning_content: text }) as ChoiceDelta;
    const completion = accumulate([
      chunk([delta(unknown('Let me '))]),
      chunk([delta(unknown('think.'))]),
      chunk([STOP]),
    ]);
    expect(completion?.choices[0]?.message).toMatchObject({ reasoning_content: 'Let me think.' });
  });

  it('keeps a field named __proto__ a field', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"content":"a"}') as ChoiceDelta;
    const completion = accumulate([chunk([delta(hostile)]), chunk([STOP])]);
    expect(completion?.choices[0]?.message).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('gives the same completion however it was cut into chunks', () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
    const calls = fc.array(
      fc.record({ name: fc.string({ minLength: 1 }), arguments: fc.string(), cuts }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.string(), cuts, calls, (content, contentCuts, toolCalls) => {
        const expected: ChatCompletionChoice = {
          index: 0,
          message: {
            role: 'assistant',
            content,
            refusal: null,
            ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toFunctionCall) }),
          },
          logprobs: null,
          finish_reason: 'stop',
        };
        const chunks = [
          ...cut(content, contentCuts).map((text) => chunk([delta({ content: text })])),
          ...toolCalls.flatMap((call, index) =>
            cut(call.arguments, call.cuts).map((text, piece) =>
              chunk([
                delta({
                  tool_calls: [
                    piece === 0
                      ? {
                          index,
                          id: `call_${index}`,
                          type: 'function',
                          function: { name: call.name, arguments: text },
                        }
                      : { index, function: { arguments: text } },
                  ],
                }),
              ]),
            ),
          ),
          chunk([STOP]),
        ];
        expect(accumulate(chunks)?.choices).toEqual([expected]);
      }),
    );
  });
});

function toFunctionCall(
  call: { readonly name: string; readonly arguments: string },
  index: number,
): FunctionToolCall {
  return {
    id: `call_${index}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  };
}
