import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { ServerEvent } from '../../reply.ts';
import { splitJson, splitWords } from '../../split-words.ts';
import { isoNow } from '../../wall-time.ts';
import type { ContentPart } from '../chat/message-shape.ts';
import { thinkingPart } from '../chat/thinking-part.ts';
import type { Entry } from './entry.ts';

type Members = Readonly<Record<string, unknown>>;

/** The events of an answer's entries, in their order. */
export function entryEvents(outputs: readonly Entry[], wordsPerEvent: number): ServerEvent[] {
  return outputs.flatMap((entry, output_index) =>
    eventsOf(entry, wordsPerEvent).map(({ type, ...members }) =>
      conversationEvent(type, { output_index, id: entry.id, ...members }),
    ),
  );
}

/** One event: its name stands in it, too. */
export function conversationEvent(type: string, members: Members): ServerEvent {
  return { event: type, data: JSON.stringify({ type, created_at: isoNow(), ...members }) };
}

/** An error as these streams tell it: one whose body has another shape is told by its status. */
export function errorEvent(body: unknown): ServerEvent {
  const { message, detail, code, raw_status_code: status } = isJsonObject(body) ? body : {};
  return conversationEvent('conversation.response.error', {
    message: message ?? detail ?? 'The answer failed.',
    code: Number(code ?? status ?? 500),
  });
}

function eventsOf(entry: Entry, words: number): (Members & { readonly type: string })[] {
  const { agent_id, model } = entry as Entry & JsonObject;
  const made = { agent_id, model };
  switch (entry.type) {
    case 'message.output':
      return contentDeltas(entry.content, words).map((delta) => ({
        type: 'message.output.delta',
        ...made,
        role: 'assistant',
        ...delta,
      }));
    case 'function.call': {
      const { tool_call_id, name, arguments: input } = entry;
      const json = typeof input === 'string' ? input : JSON.stringify(input);
      return splitJson(json, words).map((piece) => ({
        type: 'function.call.delta',
        ...made,
        tool_call_id,
        name,
        arguments: piece,
        confirmation_status: null,
      }));
    }
    case 'tool.execution': {
      const { name } = entry;
      const { info } = entry as Entry & JsonObject;
      return [
        { type: 'tool.execution.started', ...made, name, arguments: '' },
        ...splitJson(entry.arguments, words).map((piece) => ({
          type: 'tool.execution.delta',
          name,
          arguments: piece,
        })),
        { type: 'tool.execution.done', name, info },
      ];
    }
    case 'agent.handoff': {
      const { previous_agent_id, previous_agent_name, next_agent_id, next_agent_name } =
        entry as Entry & JsonObject;
      return [
        { type: 'agent.handoff.started', previous_agent_id, previous_agent_name },
        { type: 'agent.handoff.done', next_agent_id, next_agent_name },
      ];
    }
    default:
      return [];
  }
}

/** Text as bare words, thoughts by pieces, other parts whole. */
function contentDeltas(content: string | readonly ContentPart[], words: number): Members[] {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return parts.flatMap((part, content_index) =>
    piecesOf(part, words).map((piece) => ({ content_index, content: piece })),
  );
}

function piecesOf(part: ContentPart, words: number): unknown[] {
  if (part.type === 'text') return splitWords(part.text ?? '', words);
  const { thinking } = part as ContentPart & { readonly thinking?: readonly ContentPart[] };
  if (thinking === undefined) return [part];
  const thought = thinking.map(({ text }) => text ?? '').join('');
  const pieces = splitWords(thought, words);
  return pieces.map((piece, at) => thinkingPart(piece, at === pieces.length - 1));
}
