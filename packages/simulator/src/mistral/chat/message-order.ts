import { badRequest } from '../mistral-error.ts';
import type { GivenMessage } from './message-shape.ts';

const TOOL_CALL_ID = /^[A-Za-z0-9]{9}$/;
const WRONG_ORDER = { type: 'invalid_request_message_order', code: '3230' };
const WRONG_CALL = { type: 'invalid_function_call', code: '3280' };

/**
 * Checks that a model can go on from the last message, that tools answer what was called, and that the ids of calls
 * are of nine letters and digits.
 *
 * @throws RequestRefused 400
 */
export function checkMessageOrder(messages: readonly GivenMessage[]): void {
  let open = 0;
  for (const message of messages) {
    checkCallIds(message);
    if (message.role === 'tool') open -= 1;
    else {
      requireAnswered(open);
      open = message.tool_calls?.length ?? 0;
    }
    if (open < 0)
      throw wrongOrder('Unexpected tool message: no tool call is without its response.');
  }
  requireAnswered(open);
  const last = messages.at(-1);
  if (last?.role === 'user' || last?.role === 'tool' || last?.prefix === true) return;
  throw wrongOrder(
    `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${last?.role ?? 'none'}`,
  );
}

function requireAnswered(open: number): void {
  if (open > 0) throw wrongOrder('Not the same number of function calls and responses');
}

function checkCallIds({ tool_calls: calls = [], tool_call_id: answered }: GivenMessage): void {
  const ids = [...calls.map(({ id }) => id), answered];
  const wrong = ids.find((id) => id !== undefined && !TOOL_CALL_ID.test(id));
  if (wrong === undefined) return;
  throw badRequest(
    `Tool call id was ${wrong} but must be a-z, A-Z, 0-9, with a length of 9.`,
    WRONG_CALL.type,
    WRONG_CALL.code,
  );
}

function wrongOrder(message: string): Error {
  return badRequest(message, WRONG_ORDER.type, WRONG_ORDER.code);
}
