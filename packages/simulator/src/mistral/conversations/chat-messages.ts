import { type GivenMessage, type GivenToolCall, textOf } from '../chat/message-shape.ts';
import type { GivenEntry } from './entry-shape.ts';

/** Entries as the messages of a chat; what tools of the API did is no message. */
export function chatMessages(entries: readonly GivenEntry[]): GivenMessage[] {
  const messages: GivenMessage[] = [];
  for (const entry of entries) {
    const last = messages.at(-1);
    if (entry.type === 'function.call' && last?.tool_calls !== undefined) {
      messages[messages.length - 1] = { ...last, tool_calls: [...last.tool_calls, toCall(entry)] };
    } else messages.push(...toMessages(entry));
  }
  return messages;
}

function toMessages(entry: GivenEntry): GivenMessage[] {
  switch (entry.type) {
    case 'message.input': {
      const { role, content, prefix } = entry;
      return [{ role, content: textOf(content), ...(prefix === true ? { prefix } : {}) }];
    }
    case 'message.output':
      return [{ role: 'assistant', content: textOf(entry.content) }];
    case 'function.call':
      return [{ role: 'assistant', tool_calls: [toCall(entry)] }];
    case 'function.result':
      return [{ role: 'tool', tool_call_id: entry.tool_call_id, content: entry.result }];
    default:
      return [];
  }
}

function toCall(entry: Extract<GivenEntry, { type: 'function.call' }>): GivenToolCall {
  const { tool_call_id: id, name, arguments: input } = entry;
  return { id, function: { name, arguments: input } };
}
