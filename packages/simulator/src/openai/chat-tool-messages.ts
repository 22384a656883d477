import { isJsonObject } from '../json-value.ts';
import { wrongValue } from './request-fields.ts';

/**
 * Checks that tools answer what was called, and that nothing else comes before they have.
 *
 * @throws RequestRefused 400
 */
export function checkToolMessages(messages: readonly unknown[]): void {
  let open = new Set<unknown>();
  for (const [index, message] of messages.entries()) {
    if (!isJsonObject(message)) continue;
    if (message['role'] === 'tool') closeCall(open, message['tool_call_id'], index);
    else {
      requireClosed(open);
      open = callsOf(message['tool_calls']);
    }
  }
  requireClosed(open);
}

function callsOf(given: unknown): Set<unknown> {
  const calls: readonly unknown[] = Array.isArray(given) ? given : [];
  return new Set(calls.map((call) => (isJsonObject(call) ? call['id'] : undefined)));
}

function closeCall(open: Set<unknown>, id: unknown, index: number): void {
  if (typeof id !== 'string' || open.delete(id)) return;
  throw wrongValue(
    `messages[${index}].role`,
    "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
  );
}

function requireClosed(open: ReadonlySet<unknown>): void {
  if (open.size === 0) return;
  throw wrongValue(
    'messages',
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
  );
}
