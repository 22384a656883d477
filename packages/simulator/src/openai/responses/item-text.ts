import type { ConversationMessage } from '../../conversation.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { countTokens } from '../../tokens.ts';
import { openCompaction } from './compaction.ts';
import type { ResponseItem } from './response-item.ts';

const TOKENS_PER_ITEM = 3;
const TOKENS_PER_ATTACHMENT = 85;

interface Content {
  readonly text: string;
  readonly attachments: number;
}

function partText(part: unknown): string | undefined {
  if (!isJsonObject(part)) return undefined;
  const text = part['text'] ?? part['refusal'];
  return typeof text === 'string' ? text : undefined;
}

function contentOf(given: unknown): Content {
  if (typeof given === 'string') return { text: given, attachments: 0 };
  const parts: readonly unknown[] = Array.isArray(given) ? given : [];
  const texts = parts.map(partText).filter((text) => text !== undefined);
  return { text: texts.join('\n\n'), attachments: parts.length - texts.length };
}

/** Whether an item is what a tool gave back. */
export function isToolOutput({ type }: ResponseItem): boolean {
  return type === 'function_call_output' || type === 'custom_tool_call_output';
}

/** The text of a message, or of what a tool gave back. */
export function textOf(item: ResponseItem): string {
  return contentOf(item['content'] ?? item['output']).text;
}

/** Items as a conversation to answer; what was made small is unfolded. */
export function messagesOf(items: readonly ResponseItem[]): ConversationMessage[] {
  return items.flatMap((item) => {
    if (item.type === 'compaction') return messagesOf(openCompaction(item));
    if (isToolOutput(item)) return [{ role: 'tool', text: textOf(item) }];
    return item.type === 'message' ? [{ role: String(item['role']), text: textOf(item) }] : [];
  });
}

function writtenBy({ arguments: written, input, summary }: JsonObject): string {
  if (typeof written === 'string') return written;
  return typeof input === 'string' ? input : contentOf(summary).text;
}

/** A deterministic estimate of how many tokens items have. */
export function countItemTokens(items: readonly ResponseItem[]): number {
  return items.reduce((sum, item) => {
    const { text, attachments } = contentOf(item['content'] ?? item['output']);
    const written = countTokens(text) + countTokens(writtenBy(item));
    return sum + TOKENS_PER_ITEM + written + attachments * TOKENS_PER_ATTACHMENT;
  }, 0);
}
