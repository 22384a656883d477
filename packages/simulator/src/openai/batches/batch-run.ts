import { answerWithin } from '../../answer-within.ts';
import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { openAIErrorBody } from '../openai-error.ts';
import type { BatchLine } from './batch-line.ts';
import type { BatchUsage } from './stored-batch.ts';

/** What has come of the lines of a batch. */
export interface BatchResults {
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  readonly usage: BatchUsage;
}

/** What answers the lines. */
export interface BatchRunner {
  readonly identifiers: Identifiers;
  /** All that the simulator answers. */
  readonly routes: readonly Route[];
}

/**
 * Answers lines as their endpoint would, in reverse: the API promises no order.
 *
 * @param until how many of the lines are run; the others have no result.
 */
export async function runLines(
  { identifiers, routes }: BatchRunner,
  endpoint: string,
  lines: readonly BatchLine[],
  until: number,
): Promise<BatchResults> {
  const succeeded: string[] = [];
  const failed: string[] = [];
  let input = 0;
  let output = 0;
  for (const { customId, body } of lines.slice(0, until).toReversed()) {
    const answer = await answerWithin({ routes, errorBody: openAIErrorBody }, endpoint, body);
    const requestId = identifiers.nextHex('batch_request', 32);
    const response = { status_code: answer.status, request_id: requestId, body: answer.body };
    const result = { id: `batch_req_${requestId}`, custom_id: customId, response, error: null };
    (answer.status === 200 ? succeeded : failed).push(JSON.stringify(result));
    const tokens = tokensOf(answer.body);
    input += tokens.input;
    output += tokens.output;
  }
  const usage = {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
  return { succeeded, failed, usage };
}

/** What the error file says of a line whose time ran out. */
export function expiredLine({ customId }: BatchLine, identifiers: Identifiers): string {
  const message = 'This request could not be executed before the completion window expired.';
  return JSON.stringify({
    id: `batch_req_${identifiers.nextHex('batch_request', 32)}`,
    custom_id: customId,
    response: null,
    error: { code: 'batch_expired', message },
  });
}

/** The tokens of an answer, under whichever names its endpoint has for them. */
function tokensOf(body: unknown): { readonly input: number; readonly output: number } {
  const usage = isJsonObject(body) ? body['usage'] : undefined;
  if (!isJsonObject(usage)) return { input: 0, output: 0 };
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    input: number(usage['prompt_tokens'] ?? usage['input_tokens']),
    output: number(usage['completion_tokens'] ?? usage['output_tokens']),
  };
}
