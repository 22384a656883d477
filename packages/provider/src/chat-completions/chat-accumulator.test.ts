import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { ChatDialect } from './chat-dialect.ts';
import type { WireChunk, WireChunkChoice, WireCompletion } from './wire-chat.ts';

const HEAD = { id: 'answer-1', created: 1, model: 'small' } as const;

/** As OpenAI has it. */
const FULL: ChatDialect = {
  provider: 'acme',
  tokenLimit: 'max_tokens',
  emptyMessage: { refusal: null },
  emptyChoice: { logprobs: null },
};

/** As a provider has it whose answers hold nothing but what came. */
const BARE: ChatDialect = { provider: 'acme', tokenLimit: 'max_tokens' };

function chunk(choices: WireChunkChoice[], over: object = {}): WireChunk {
  return { ...HEAD, object: 'chat.completion.chunk', choices, ...over } as WireChunk;
}

function delta(value: object, index = 0): WireChunkChoice {
  return { index, delta: value, finish_reason: null };
}

function accumulate(
  chunks: readonly WireChunk[],
  dialect: ChatDialect = FULL,
): WireCompletion | undefined {
  const accumulator = new ChatAccumulator<WireChunk, WireCompletion>(dialect);
  for (const each of chunks) accumulator.add(each);
  return accumulator.completion();
}

/** The message that becomes of these deltas. */
function messageOf(...deltas: readonly object[]): object | undefined {
  const chunks = deltas.map((value) => chunk([delta(value)]));
  return accumulate([...chunks, chunk([STOP])], BARE)?.choices[0]?.message;
}

const STOP: WireChunkChoice = { index: 0, delta: {}, finish_reason: 'stop' };

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
    expect(completion?.choices[0]).toMatchObject({
      logprobs: { content: [token('a'), token('b')], refusal: null },
    });
  });

  it('keeps fields that it has never heard of', () => {
    const unknown = (text: string): object => ({ reasoning_content: text });
    const completion = accumulate([
      chunk([delta(unknown('Let me '))]),
      chunk([delta(unknown('think.'))]),
      chunk([STOP]),
    ]);
    expect(completion?.choices[0]?.message).toMatchObject({ reasoning_content: 'Let me think.' });
  });

  it('keeps a field named __proto__ a field', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"content":"a"}') as object;
    const completion = accumulate([chunk([delta(hostile)]), chunk([STOP])]);
    expect(completion?.choices[0]?.message).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('joins texts of fields named __proto__, and of what is named as objects have it', () => {
    const named = (text: string): object =>
      JSON.parse(`{"__proto__":"${text}","toString":"${text}"}`) as object;
    const message = messageOf({ ...named('a'), audio: named('a') }, named('b'), {
      audio: named('b'),
    });
    for (const part of [message, (message as { audio?: object }).audio]) {
      expect(Object.entries(part ?? {})).toEqual(
        expect.arrayContaining([
          ['__proto__', 'ab'],
          ['toString', 'ab'],
        ]),
      );
    }
  });

  it('keeps a member of a chunk that is named __proto__ a member', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}') as object;
    const parsed = { ...chunk([delta({ content: 'a' })]), ...hostile };
    const completion = accumulate([parsed, chunk([STOP])]);
    expect(completion).not.toHaveProperty('polluted');
    expect(Object.keys(completion ?? {})).toContain('__proto__');
  });

  it('takes nothing that a chunk or a delta inherits', () => {
    const heir = (value: object): object => Object.assign(Object.create({ inherited: 1 }), value);
    const inheriting = heir(chunk([delta(heir({ content: 'a' }))])) as WireChunk;
    const completion = accumulate([inheriting, chunk([STOP])]);
    expect(completion).toStrictEqual(accumulate([chunk([delta({ content: 'a' })]), chunk([STOP])]));
  });

  it('has of each member what came last, without what says nothing', () => {
    const name = fc.constantFrom('id', 'model', 'created', 'constructor', 'toString', 'extra');
    const value = fc.constantFrom<unknown>('a', 'b', 1, 2, true, false, '', 0, null, {}, []);
    const members = fc.array(fc.dictionary(name, value, { noNullPrototype: true }));
    fc.assert(
      fc.property(members, (all) => {
        const telling = all.map((each) =>
          Object.entries(each).filter(([, told]) => told !== null && told !== '' && told !== 0),
        );
        const chunks = all.map((each) => ({ ...each, choices: [] }));
        const completion = accumulate([...chunks, { choices: [STOP] }], BARE);
        expect(completion).toStrictEqual({
          ...Object.fromEntries(telling.flat()),
          object: 'chat.completion',
          choices: [
            { index: 0, message: { role: 'assistant', content: null }, finish_reason: 'stop' },
          ],
        });
      }),
    );
  });

  it('has no members of another provider', () => {
    expect(accumulate([chunk([delta({ content: 'a' })]), chunk([STOP])], BARE)?.choices).toEqual([
      { index: 0, message: { role: 'assistant', content: 'a' }, finish_reason: 'stop' },
    ]);
  });

  it('joins objects whose texts come in pieces', () => {
    expect(
      messageOf(
        { audio: { id: 'audio_1', transcript: 'Hel' }, function_call: { name: 'f' } },
        { audio: { transcript: 'lo', expires_at: 7 }, function_call: { arguments: '{}' } },
        { audio: null },
      ),
    ).toMatchObject({
      audio: { id: 'audio_1', transcript: 'Hello', expires_at: 7 },
      function_call: { name: 'f', arguments: '{}' },
    });
  });

  it('gives the same completion however it was cut into chunks', () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
    const calls = fc.array(
      fc.record({ name: fc.string({ minLength: 1 }), arguments: fc.string(), cuts }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.string(), cuts, calls, (content, contentCuts, toolCalls) => {
        const expected = {
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

describe('a content that is a list', () => {
  const text = (value: string) => ({ type: 'text', text: value });
  const thought = (value: string, over: object = {}) => ({
    type: 'thinking',
    thinking: [text(value)],
    ...over,
  });

  it('grows where parts of one kind follow each other, and keeps all others', () => {
    const reference = { type: 'reference', reference_ids: [1] };
    const message = messageOf(
      { content: '' },
      { content: [thought('Let ')] },
      { content: [thought('me see.', { signature: 's' })] },
      { content: [text('It '), text('is ')] },
      { content: 'so' },
      { content: '' },
      { content: [reference] },
      { content: [reference, text('.')] },
    );
    expect(message).toEqual({
      role: 'assistant',
      content: [
        thought('Let me see.', { signature: 's' }),
        text('It is so'),
        reference,
        reference,
        text('.'),
      ],
    });
  });

  it('begins with the text that came before it', () => {
    expect(messageOf({ content: 'a' }, { content: [text('b')] }, { content: null })).toEqual({
      role: 'assistant',
      content: [text('ab')],
    });
    expect(messageOf({ content: 'a' }, { content: [thought('b')] })).toEqual({
      role: 'assistant',
      content: [text('a'), thought('b')],
    });
  });

  it('changes nothing of what the chunks hold', () => {
    const first = { content: [thought('a'), text('b')] };
    const before = structuredClone(first);
    messageOf(first, { content: [text('c')] }, { content: [thought('d')] });
    messageOf({ content: [thought('a')] }, first);
    expect(first).toEqual(before);
  });

  it('is the same however it was cut into chunks', () => {
    const kind = fc.constantFrom('text', 'thinking');
    const pieces = fc.array(fc.tuple(kind, fc.string({ minLength: 1 })), { minLength: 1 });
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.boolean()), (parts, together) => {
        const all = parts.map(([of, value]) => (of === 'text' ? text(value) : thought(value)));
        const deltas: { content: object[] }[] = [];
        for (const part of all) {
          const last = deltas.at(-1);
          if (last !== undefined && together.next().value) last.content.push(part);
          else deltas.push({ content: [part] });
        }
        expect(messageOf(...deltas)).toEqual(messageOf({ content: all }));
      }),
    );
  });
});

describe('tool calls of servers with habits of their own', () => {
  const call = (over: object) => ({ tool_calls: [over] });

  it.each([
    ['nothing', {}],
    ['null and empty texts', { id: null, type: null, function: { name: null } }],
    ['the text null and no name', { id: 'null', function: { name: '' } }],
  ])('take %s for no id and no name', (_what, habit: { function?: object }) => {
    const message = messageOf(
      call({ index: 0, id: 'call_a', function: { name: 'a', arguments: '{"x"' } }),
      call({ index: 0, ...habit, function: { ...habit.function, arguments: ':1}' } }),
    );
    expect(message).toMatchObject({
      tool_calls: [{ id: 'call_a', function: { name: 'a', arguments: '{"x":1}' } }],
    });
  });

  it('have no id where none came', () => {
    expect(messageOf(call({ id: 'null', function: { name: 'a', arguments: '' } }))).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [{ type: 'function', function: { name: 'a', arguments: '' } }],
    });
  });

  it('keep arguments that are an object', () => {
    expect(
      messageOf(call({ id: 'a', function: { name: 'a', arguments: { x: 1 } } })),
    ).toMatchObject({
      tool_calls: [{ function: { arguments: { x: 1 } } }],
    });
  });

  it('continue the latest call where they are not numbered, and a new id begins one', () => {
    const message = messageOf(
      call({ id: 'a', function: { name: 'first', arguments: '1' } }),
      call({ function: { arguments: '2' } }),
      call({ id: 'b', function: { name: 'second', arguments: '3' } }),
      call({ id: 'null', function: { name: '', arguments: '4' } }),
      call({ id: 'a', function: { arguments: '5' } }),
    );
    expect(message).toMatchObject({
      tool_calls: [
        { id: 'a', function: { name: 'first', arguments: '125' } },
        { id: 'b', function: { name: 'second', arguments: '34' } },
      ],
    });
  });

  it('are told apart where only some of them are numbered', () => {
    const message = messageOf(
      call({ index: 1, id: 'a', function: { name: 'first', arguments: '1' } }),
      call({ id: 'b', function: { name: 'second', arguments: '2' } }),
      call({ id: 'a', function: { arguments: '3' } }),
    );
    expect(message).toMatchObject({
      tool_calls: [
        { id: 'a', function: { arguments: '13' } },
        { id: 'b', function: { arguments: '2' } },
      ],
    });
  });

  it('are one call where they have neither number nor id', () => {
    const message = messageOf(
      call({ function: { name: 'a', arguments: '1' } }),
      call({ function: { arguments: '2' } }),
    );
    expect(message).toMatchObject({ tool_calls: [{ function: { name: 'a', arguments: '12' } }] });
  });
});

function toFunctionCall(
  call: { readonly name: string; readonly arguments: string },
  index: number,
): object {
  return {
    id: `call_${index}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  };
}
