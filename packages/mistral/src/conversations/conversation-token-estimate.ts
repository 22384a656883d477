import { estimatePromptTokens } from '@integrations/provider';
import type { AnswerRequest } from './conversation-facts.ts';
import type { ConversationInput } from './conversation-request.ts';

type Message = Parameters<typeof estimatePromptTokens>[0]['messages'][number];

/** What the model reads of an entry. */
function toMessage(entry: ConversationInput): Message {
  if ('content' in entry) return entry;
  if ('result' in entry) return { content: entry.result };
  const written = 'arguments' in entry ? entry.arguments : '';
  return { content: typeof written === 'string' ? written : JSON.stringify(written) };
}

/** The tokens of what goes in, as far as it travels with the request: what was said before does not. */
export function estimateConversationInputTokens(request: AnswerRequest): number {
  const { inputs = [] } = request;
  const instructions = 'instructions' in request ? request.instructions : undefined;
  const entries = typeof inputs === 'string' ? [{ content: inputs }] : inputs.map(toMessage);
  const told =
    instructions === undefined || instructions === null ? [] : [{ content: instructions }];
  return estimatePromptTokens({ messages: [...told, ...entries] });
}

/**
 * The tokens that the API will count against the limit before it answers: those of what
 * goes in, and all that the answer may have.
 */
export function estimateConversationTokens(request: AnswerRequest): number {
  const answer = request.completion_args?.max_tokens ?? 0;
  return Math.ceil(estimateConversationInputTokens(request) + answer);
}
