import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from './conversation-event.ts';
import type { OutputChunk } from './entry-content.ts';
import { OutputDraft } from './output-draft.ts';

function draftOf(...events: readonly object[]): unknown {
  const draft = new OutputDraft();
  for (const event of events) draft.add(event as ConversationEvent);
  return draft.entries;
}

function message(content: string | OutputChunk, members: object = {}): object {
  return { type: 'message.output.delta', id: 'm', content, ...members };
}

/** A text cut anywhere, and the pieces of it. */
const cutText = fc
  .array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 })
  .map((pieces) => ({ pieces, text: pieces.join('') }));

describe('the draft of outputs', () => {
  it('puts a text together, wherever it is cut', () => {
    fc.assert(
      fc.property(cutText, ({ pieces, text }) => {
        const entries = draftOf(...pieces.map((piece) => message(piece)));
        expect(entries).toEqual([
          { object: 'entry', type: 'message.output', id: 'm', role: 'assistant', content: text },
        ]);
      }),
    );
  });

  it('keeps parts in their places, whatever order they come in', () => {
    const reference = { type: 'tool_reference', tool: 'web_search', title: 'A' } as const;
    fc.assert(
      fc.property(cutText, cutText, fc.boolean(), (first, last, isReferenceEarly) => {
        const told = message(reference, { content_index: 1 });
        const rest = [
          ...first.pieces.map((piece) => message(piece, { content_index: 0 })),
          ...last.pieces.map((piece) => message(piece, { content_index: 2 })),
        ];
        const events = isReferenceEarly ? [told, ...rest] : [...rest, told];
        expect(draftOf(...events)).toMatchObject([
          {
            content: [
              { type: 'text', text: first.text },
              reference,
              { type: 'text', text: last.text },
            ],
          },
        ]);
      }),
    );
  });

  it('lets thoughts grow', () => {
    const thought = (text: string, closed: boolean): object =>
      message({ type: 'thinking', thinking: [{ type: 'text', text }], closed });
    expect(draftOf(thought('Hm', false), thought(' so', true), message('Yes'))).toMatchObject([
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm so' }], closed: true },
          { type: 'text', text: 'Yes' },
        ],
      },
    ]);
  });

  it('puts calls together by their ids, however they are mixed', () => {
    const order = fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 });
    fc.assert(
      fc.property(order, (ids) => {
        const call = (id: string, written: string): object => ({
          type: 'function.call.delta',
          id,
          tool_call_id: `call_${id}`,
          name: `f_${id}`,
          arguments: written,
        });
        const pieces = ids.map((id, at) => ({ id, written: `${id}${at} ` }));
        const written = (id: string): string =>
          pieces.flatMap((piece) => (piece.id === id ? [piece.written] : [])).join('');
        const events = pieces.map((piece) => call(piece.id, piece.written));
        expect(draftOf(call('a', ''), call('b', ''), ...events)).toMatchObject([
          { type: 'function.call', tool_call_id: 'call_a', name: 'f_a', arguments: written('a') },
          { type: 'function.call', tool_call_id: 'call_b', name: 'f_b', arguments: written('b') },
        ]);
      }),
    );
  });

  it('tells what tools of the API were called with, and when they had run', () => {
    const tool = { id: 't', name: 'web_search' };
    const at = (created_at: string): object => ({ ...tool, created_at });
    expect(
      draftOf(
        { type: 'tool.execution.started', ...at('1'), model: 'm', agent_id: null, arguments: '{' },
        { type: 'tool.execution.delta', ...at('2'), arguments: '}' },
        { type: 'tool.execution.done', ...at('3'), info: { found: 2 } },
      ),
    ).toEqual([
      {
        object: 'entry',
        type: 'tool.execution',
        id: 't',
        name: 'web_search',
        model: 'm',
        agent_id: null,
        arguments: '{}',
        info: { found: 2 },
        created_at: '1',
        completed_at: '3',
      },
    ]);
  });

  it('takes a stream up in its middle', () => {
    expect(
      draftOf(
        { type: 'agent.handoff.done', id: 'h', next_agent_id: 'b', next_agent_name: 'B' },
        { type: 'tool.execution.done', id: 't', name: 'web_search' },
        { type: 'something.new', id: 'm', content: 'no' },
      ),
    ).toEqual([
      {
        object: 'entry',
        type: 'agent.handoff',
        id: 'h',
        previous_agent_id: '',
        previous_agent_name: '',
        next_agent_id: 'b',
        next_agent_name: 'B',
      },
      { object: 'entry', type: 'tool.execution', id: 't', name: 'web_search', arguments: '' },
    ]);
  });

  it('leaves events as they came', () => {
    const event = message({ type: 'text', text: 'a' });
    const before = structuredClone(event);
    draftOf(event, message('b'));
    expect(event).toEqual(before);
  });
});
