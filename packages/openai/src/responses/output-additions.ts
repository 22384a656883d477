import type { ResponseStreamEvent, ResponseStreamEventOf } from './events/stream-event.ts';
import type { OutputDraft } from './output-draft.ts';

type EventType = ResponseStreamEvent['type'];

type Additions = {
  readonly [Type in EventType]?: (draft: OutputDraft, event: ResponseStreamEventOf<Type>) => void;
};

function setItem(
  draft: OutputDraft,
  event: ResponseStreamEventOf<'response.output_item.added' | 'response.output_item.done'>,
): void {
  draft.set(event.output_index, event.item);
}

function setPart(
  draft: OutputDraft,
  event: ResponseStreamEventOf<'response.content_part.added' | 'response.content_part.done'>,
): void {
  const parts = draft.parts(event);
  if (parts !== undefined) parts[event.content_index] = structuredClone(event.part);
}

function setSummary(
  draft: OutputDraft,
  event: ResponseStreamEventOf<
    'response.reasoning_summary_part.added' | 'response.reasoning_summary_part.done'
  >,
): void {
  const summary = draft.item(event, 'reasoning')?.summary;
  if (summary !== undefined) summary[event.summary_index] = structuredClone(event.part);
}

function setCommand(
  draft: OutputDraft,
  event: ResponseStreamEventOf<
    'response.shell_call_command.added' | 'response.shell_call_command.done'
  >,
): void {
  const commands = draft.item(event, 'shell_call')?.action.commands;
  if (commands !== undefined) commands[event.command_index] = event.command;
}

/**
 * What each event adds. Of a stream that was taken up in its middle, what goes on with
 * an unknown item is left out.
 */
const ADDITIONS: Additions = {
  'response.output_item.added': setItem,
  'response.output_item.done': setItem,
  'response.content_part.added': setPart,
  'response.content_part.done': setPart,
  'response.output_text.delta': (draft, event) => {
    const part = draft.part(event, 'output_text');
    if (part !== undefined) part.text += event.delta;
  },
  'response.output_text.done': (draft, event) => {
    const part = draft.part(event, 'output_text');
    if (part !== undefined) part.text = event.text;
  },
  'response.output_text.annotation.added': (draft, event) => {
    const part = draft.part(event, 'output_text');
    if (part === undefined || event.annotation === null) return;
    part.annotations[event.annotation_index] = structuredClone(event.annotation);
  },
  'response.refusal.delta': (draft, event) => {
    const part = draft.part(event, 'refusal');
    if (part !== undefined) part.refusal += event.delta;
  },
  'response.refusal.done': (draft, event) => {
    const part = draft.part(event, 'refusal');
    if (part !== undefined) part.refusal = event.refusal;
  },
  'response.reasoning_text.delta': (draft, event) => {
    const part = draft.part(event, 'reasoning_text');
    if (part !== undefined) part.text += event.delta;
  },
  'response.reasoning_text.done': (draft, event) => {
    const part = draft.part(event, 'reasoning_text');
    if (part !== undefined) part.text = event.text;
  },
  'response.reasoning_summary_part.added': setSummary,
  'response.reasoning_summary_part.done': setSummary,
  'response.reasoning_summary_text.delta': (draft, event) => {
    const part = draft.item(event, 'reasoning')?.summary[event.summary_index];
    if (part !== undefined) part.text += event.delta;
  },
  'response.reasoning_summary_text.done': (draft, event) => {
    const part = draft.item(event, 'reasoning')?.summary[event.summary_index];
    if (part !== undefined) part.text = event.text;
  },
  'response.function_call_arguments.delta': (draft, event) => {
    const call = draft.item(event, 'function_call');
    if (call !== undefined) call.arguments += event.delta;
  },
  'response.function_call_arguments.done': (draft, event) => {
    const call = draft.item(event, 'function_call');
    if (call !== undefined) call.arguments = event.arguments;
  },
  'response.mcp_call_arguments.delta': (draft, event) => {
    const call = draft.item(event, 'mcp_call');
    if (call !== undefined) call.arguments += event.delta;
  },
  'response.mcp_call_arguments.done': (draft, event) => {
    const call = draft.item(event, 'mcp_call');
    if (call !== undefined) call.arguments = event.arguments;
  },
  'response.custom_tool_call_input.delta': (draft, event) => {
    const call = draft.item(event, 'custom_tool_call');
    if (call !== undefined) call.input += event.delta;
  },
  'response.custom_tool_call_input.done': (draft, event) => {
    const call = draft.item(event, 'custom_tool_call');
    if (call !== undefined) call.input = event.input;
  },
  'response.code_interpreter_call_code.delta': (draft, event) => {
    const call = draft.item(event, 'code_interpreter_call');
    if (call !== undefined) call.code = (call.code ?? '') + event.delta;
  },
  'response.code_interpreter_call_code.done': (draft, event) => {
    const call = draft.item(event, 'code_interpreter_call');
    if (call !== undefined) call.code = event.code;
  },
  'response.shell_call_command.added': setCommand,
  'response.shell_call_command.done': setCommand,
  'response.shell_call_command.delta': (draft, event) => {
    const commands = draft.item(event, 'shell_call')?.action.commands;
    if (commands === undefined) return;
    commands[event.command_index] = (commands[event.command_index] ?? '') + event.delta;
  },
};

/** Fills in what an event tells of the output; most tell nothing. */
export function addToOutput(draft: OutputDraft, event: ResponseStreamEvent): void {
  if (!Object.hasOwn(ADDITIONS, event.type)) return;
  const add = ADDITIONS[event.type] as (draft: OutputDraft, event: ResponseStreamEvent) => void;
  add(draft, event);
}
