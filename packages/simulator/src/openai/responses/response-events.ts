import type { JsonObject } from '../../json-value.ts';
import type { ServerEvent } from '../../reply.ts';
import { obfuscation } from '../obfuscation.ts';
import { splitJson, splitWords } from '../../split-words.ts';
import type { ResponseAnswer } from './response-answer.ts';
import { finishedBody, type ResponseIdentity, unfinishedBody } from './response-body.ts';
import type { ResponseItem } from './response-item.ts';

/** An event before it is numbered. */
interface DraftEvent extends JsonObject {
  readonly type: string;
}

/** All events of a response, in their order; their numbers are their places. */
export function responseEvents(
  identity: ResponseIdentity,
  answer: ResponseAnswer,
  wordsPerEvent: number,
): JsonObject[] {
  const begin = (type: string, status: 'queued' | 'in_progress'): DraftEvent => ({
    type,
    response: unfinishedBody(identity, status),
  });
  const queued = identity.request.background;
  const drafts = [
    begin('response.created', queued ? 'queued' : 'in_progress'),
    ...(queued ? [begin('response.queued', 'queued')] : []),
    begin('response.in_progress', 'in_progress'),
    ...answer.output.flatMap((item, index) => itemEvents(item, index, wordsPerEvent)),
    { type: `response.${answer.status}`, response: finishedBody(identity, answer) },
  ];
  return drafts.map((draft, number) => ({ ...draft, sequence_number: number }));
}

/** An event as it is sent, padded where that is wanted. */
export function toServerEvent(event: JsonObject, letters: string, padded: boolean): ServerEvent {
  const { type, delta } = event;
  const padding =
    padded && typeof delta === 'string' ? { obfuscation: obfuscation(letters, delta) } : {};
  return { event: String(type), data: JSON.stringify({ ...event, ...padding }) };
}

function itemEvents(item: ResponseItem, index: number, wordsPerEvent: number): DraftEvent[] {
  const place = { output_index: index };
  const about = { item_id: item.id, ...place };
  const { begun, between } = contentEvents(item, about, wordsPerEvent);
  return [
    { type: 'response.output_item.added', item: begun, ...place },
    ...between,
    { type: 'response.output_item.done', item, ...place },
  ];
}

interface ContentEvents {
  /** The item before it has anything in it. */
  readonly begun: JsonObject;
  readonly between: readonly DraftEvent[];
}

function contentEvents(item: ResponseItem, about: JsonObject, words: number): ContentEvents {
  const begun = { ...item, status: 'in_progress' };
  switch (item.type) {
    case 'message':
      return { begun: { ...begun, content: [] }, between: messageEvents(item, about, words) };
    case 'reasoning':
      return { begun: { ...item, summary: [] }, between: summaryEvents(item, about, words) };
    case 'function_call':
      return {
        begun: { ...begun, arguments: '' },
        between: textEvents('response.function_call_arguments', item, 'arguments', about, words),
      };
    default:
      return {
        begun: { ...begun, input: '' },
        between: textEvents('response.custom_tool_call_input', item, 'input', about, words),
      };
  }
}

/** A text bit by bit, then as a whole. */
function textEvents(
  name: string,
  holder: JsonObject,
  member: string,
  about: JsonObject,
  wordsPerEvent: number,
  besides: JsonObject = {},
): DraftEvent[] {
  const text = String(holder[member]);
  const split = member === 'arguments' ? splitJson : splitWords;
  return [
    ...split(text, wordsPerEvent).map((delta) => ({
      type: `${name}.delta`,
      ...about,
      delta,
      ...besides,
    })),
    { type: `${name}.done`, ...about, [member]: text, ...besides },
  ];
}

function messageEvents(item: ResponseItem, about: JsonObject, words: number): DraftEvent[] {
  const parts = item['content'] as readonly JsonObject[];
  return parts.flatMap((part, contentIndex) => {
    const at = { ...about, content_index: contentIndex };
    const isText = part['type'] === 'output_text';
    const member = isText ? 'text' : 'refusal';
    const name = isText ? 'response.output_text' : 'response.refusal';
    return [
      { type: 'response.content_part.added', ...at, part: { ...part, [member]: '' } },
      ...textEvents(name, part, member, at, words, isText ? { logprobs: [] } : {}),
      { type: 'response.content_part.done', ...at, part },
    ];
  });
}

function summaryEvents(item: ResponseItem, about: JsonObject, words: number): DraftEvent[] {
  const parts = item['summary'] as readonly JsonObject[];
  return parts.flatMap((part, summaryIndex) => {
    const at = { ...about, summary_index: summaryIndex };
    return [
      { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } },
      ...textEvents('response.reasoning_summary_text', part, 'text', at, words),
      { type: 'response.reasoning_summary_part.done', ...at, part },
    ];
  });
}
