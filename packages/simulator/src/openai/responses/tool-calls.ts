import { wrongValue } from '../request-fields.ts';
import type { ResponseItem } from './response-item.ts';

/** A call and its output name each other by `call_id`. */
const OUTPUT_OF: Readonly<Record<string, string>> = {
  function_call: 'function_call_output',
  custom_tool_call: 'custom_tool_call_output',
};

/**
 * Checks that each output belongs to a call, and each call has its output.
 *
 * @throws RequestRefused 400
 */
export function checkToolCalls(items: readonly ResponseItem[]): void {
  const open = new Map<unknown, ResponseItem>();
  for (const item of items) {
    const callId = item['call_id'];
    if (item.type in OUTPUT_OF) open.set(callId, item);
    if (!Object.values(OUTPUT_OF).includes(item.type)) continue;
    if (open.delete(callId)) continue;
    throw wrongValue(
      'input',
      `No tool call found for ${item.type.replaceAll('_', ' ')} with call_id ${String(callId)}.`,
    );
  }
  for (const [callId, { type }] of open) {
    throw wrongValue(
      'input',
      `No tool output found for ${type.replaceAll('_', ' ')} ${String(callId)}.`,
    );
  }
}
