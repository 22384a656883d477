import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { ResponseOutputItem } from './items/item.ts';
import type { Response } from './response.ts';
import { ResponseAccumulator } from './response-accumulator.ts';

/** Numbers events, which a test then need not do. */
function events(...drafts: readonly object[]): ResponseStreamEvent[] {
  return drafts.map((draft, at) => ({ ...draft, sequence_number: at }) as ResponseStreamEvent);
}

function accumulate(...drafts: readonly object[]): ResponseAccumulator {
  const accumulator = new ResponseAccumulator();
  for (const event of events(...drafts)) accumulator.add(event);
  return accumulator;
}

function response(fields: Partial<Response>): Partial<Response> {
  return { id: 'resp_1', object: 'response', status: 'in_progress', output: [], ...fields };
}

const ABOUT = { item_id: 'item_1', output_index: 0 };
const PART = { ...ABOUT, content_index: 0 };
const SUMMARY = { ...ABOUT, summary_index: 0 };
const COMMAND = { output_index: 0, command_index: 0 };

interface Kind {
  /** The item before it has anything in it. */
  readonly begun: object;
  /** What comes before its text. */
  readonly opening: readonly object[];
  readonly delta: object;
  readonly done: (text: string) => object;
  readonly whole: (text: string) => object;
}

function message(part: object): object {
  return {
    id: 'item_1',
    type: 'message',
    role: 'assistant',
    status: 'in_progress',
    content: [part],
  };
}

function reasoning(fields: object): object {
  return { id: 'item_1', type: 'reasoning', summary: [], ...fields };
}

function call(type: string, fields: object): object {
  return { id: 'item_1', type, call_id: 'call_1', name: 'f', ...fields };
}

const KINDS: Readonly<Record<string, Kind>> = {
  'a text': {
    begun: { ...message({}), content: [] },
    opening: [
      {
        type: 'response.content_part.added',
        ...PART,
        part: { type: 'output_text', text: '', annotations: [] },
      },
    ],
    delta: { type: 'response.output_text.delta', ...PART },
    done: (text) => ({ type: 'response.output_text.done', ...PART, text }),
    whole: (text) => message({ type: 'output_text', text, annotations: [] }),
  },
  'a refusal': {
    begun: { ...message({}), content: [] },
    opening: [
      { type: 'response.content_part.added', ...PART, part: { type: 'refusal', refusal: '' } },
    ],
    delta: { type: 'response.refusal.delta', ...PART },
    done: (refusal) => ({ type: 'response.refusal.done', ...PART, refusal }),
    whole: (refusal) => message({ type: 'refusal', refusal }),
  },
  'a thought': {
    begun: reasoning({}),
    opening: [
      { type: 'response.content_part.added', ...PART, part: { type: 'reasoning_text', text: '' } },
    ],
    delta: { type: 'response.reasoning_text.delta', ...PART },
    done: (text) => ({ type: 'response.reasoning_text.done', ...PART, text }),
    whole: (text) => reasoning({ content: [{ type: 'reasoning_text', text }] }),
  },
  'a summary': {
    begun: reasoning({}),
    opening: [
      {
        type: 'response.reasoning_summary_part.added',
        ...SUMMARY,
        part: { type: 'summary_text', text: '' },
      },
    ],
    delta: { type: 'response.reasoning_summary_text.delta', ...SUMMARY },
    done: (text) => ({ type: 'response.reasoning_summary_text.done', ...SUMMARY, text }),
    whole: (text) => reasoning({ summary: [{ type: 'summary_text', text }] }),
  },
  'a function call': {
    begun: call('function_call', { arguments: '' }),
    opening: [],
    delta: { type: 'response.function_call_arguments.delta', ...ABOUT },
    done: (text) => ({ type: 'response.function_call_arguments.done', ...ABOUT, arguments: text }),
    whole: (text) => call('function_call', { arguments: text }),
  },
  'an MCP call': {
    begun: call('mcp_call', { arguments: '' }),
    opening: [{ type: 'response.mcp_call.in_progress', ...ABOUT }],
    delta: { type: 'response.mcp_call_arguments.delta', ...ABOUT },
    done: (text) => ({ type: 'response.mcp_call_arguments.done', ...ABOUT, arguments: text }),
    whole: (text) => call('mcp_call', { arguments: text }),
  },
  'a custom tool call': {
    begun: call('custom_tool_call', { input: '' }),
    opening: [],
    delta: { type: 'response.custom_tool_call_input.delta', ...ABOUT },
    done: (input) => ({ type: 'response.custom_tool_call_input.done', ...ABOUT, input }),
    whole: (input) => call('custom_tool_call', { input }),
  },
  code: {
    begun: call('code_interpreter_call', { code: null }),
    opening: [{ type: 'response.code_interpreter_call.in_progress', ...ABOUT }],
    delta: { type: 'response.code_interpreter_call_code.delta', ...ABOUT },
    done: (code) => ({ type: 'response.code_interpreter_call_code.done', ...ABOUT, code }),
    whole: (code) => call('code_interpreter_call', { code }),
  },
  'a shell command': {
    begun: call('shell_call', { action: { commands: [] } }),
    opening: [{ type: 'response.shell_call_command.added', ...COMMAND, command: '' }],
    delta: { type: 'response.shell_call_command.delta', ...COMMAND },
    done: (command) => ({ type: 'response.shell_call_command.done', ...COMMAND, command }),
    whole: (command) => call('shell_call', { action: { commands: [command] } }),
  },
};

describe('ResponseAccumulator', () => {
  it.each(Object.entries(KINDS))('puts %s together, whatever its pieces', (_what, kind) => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (pieces) => {
        const added = { type: 'response.output_item.added', output_index: 0, item: kind.begun };
        const deltas = pieces.map((delta) => ({ ...kind.delta, delta }));
        const text = pieces.join('');
        const open = [added, ...kind.opening, ...deltas];
        expect(accumulate(...open).output).toEqual([kind.whole(text)]);
        expect(accumulate(...open, kind.done('else')).output).toEqual([kind.whole('else')]);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the events as they came', () => {
    const { begun, opening, delta } = KINDS['a text'] as Kind;
    const item = structuredClone(begun);
    const part = structuredClone(opening[0]);
    accumulate({ type: 'response.output_item.added', output_index: 0, item }, part as object, {
      ...delta,
      delta: 'more',
    });
    expect(item).toEqual(begun);
    expect(part).toEqual(opening[0]);
  });

  it('adds what the text refers to', () => {
    const { begun, opening } = KINDS['a text'] as Kind;
    const annotation = { type: 'file_path', file_id: 'file_1', index: 0 };
    const type = 'response.output_text.annotation.added';
    const [item] = accumulate(
      { type: 'response.output_item.added', output_index: 0, item: begun },
      ...opening,
      { type, ...PART, annotation_index: 0, annotation },
      { type, ...PART, annotation_index: 1, annotation: null },
    ).output;
    expect(item).toEqual(message({ type: 'output_text', text: '', annotations: [annotation] }));
  });

  it('keeps the items in their order, however they come', () => {
    const item = (index: number): object => ({
      type: 'response.output_item.done',
      output_index: index,
      item: { id: `item_${index}`, type: 'reasoning', summary: [] },
    });
    const { output } = accumulate(item(2), item(0), item(1));
    expect(output.map(({ id }) => id)).toEqual(['item_0', 'item_1', 'item_2']);
  });

  it.each(Object.entries(KINDS))('passes over what goes on with %s it never saw', (_what, kind) => {
    const { output } = accumulate(...kind.opening, { ...kind.delta, delta: 'x' }, kind.done('x'));
    expect(output).toEqual([]);
  });

  it('knows the response as it stands, then as it ended', () => {
    const output: ResponseOutputItem[] = [{ id: 'rs_1', type: 'reasoning', summary: [] }];
    const running = accumulate(
      { type: 'response.created', response: response({}) },
      { type: 'response.output_item.done', output_index: 0, item: output[0] },
    );
    expect(running.response).toEqual({ ...response({ output }), output_text: '' });
    expect(running.final).toBeUndefined();
    const part = { type: 'output_text', text: 'Done.', annotations: [] };
    const last = response({ status: 'completed', output: [message(part) as ResponseOutputItem] });
    running.add(events({ type: 'response.completed', response: last })[0] as ResponseStreamEvent);
    expect(running.final).toEqual({ ...last, output_text: 'Done.' });
    expect(running.response).toBe(running.final);
  });

  it('shows what has come where the last event shows no output', () => {
    const { begun, opening, delta } = KINDS['a text'] as Kind;
    const { final } = accumulate(
      { type: 'response.output_item.added', output_index: 0, item: begun },
      ...opening,
      { ...delta, delta: 'All of it.' },
      { type: 'response.completed', response: response({ status: 'completed' }) },
    );
    expect(final?.output_text).toBe('All of it.');
  });

  it('remembers the last number, which some events lack', () => {
    const accumulator = accumulate({ type: 'response.created', response: response({}) });
    expect(accumulator.lastSequenceNumber).toBe(0);
    accumulator.add({ type: 'response.sparkle' } as unknown as ResponseStreamEvent);
    expect(accumulator.lastSequenceNumber).toBe(0);
  });
});
