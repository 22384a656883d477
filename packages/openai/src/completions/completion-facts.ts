import {
  CHARACTERS_PER_TOKEN,
  describeChatRequest,
  type RequestFacts,
} from '@integrations/provider';
import type { CompletionCreateRequest } from './completion-request.ts';

/** What the API takes for `max_tokens` when it is left out. */
const DEFAULT_MAX_TOKENS = 16;

/** Whether the texts of a prompt are given as one text, or as the tokens of one. */
function isOnePrompt(
  prompt: NonNullable<CompletionCreateRequest['prompt']>,
): prompt is string | readonly number[] {
  return typeof prompt === 'string' || typeof prompt[0] === 'number';
}

function promptsOf({ prompt }: CompletionCreateRequest): readonly (string | readonly number[])[] {
  if (prompt === null || prompt === undefined) return [];
  return isOnePrompt(prompt) ? [prompt] : prompt;
}

/** The tokens of the prompts; what is given as tokens counts as it is. */
export function estimateCompletionInput(request: CompletionCreateRequest): number {
  return promptsOf(request).reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? one.length / CHARACTERS_PER_TOKEN : one.length),
    0,
  );
}

/** The tokens of the prompts, and all that the texts may have. */
export function estimateCompletionTokens(request: CompletionCreateRequest): number {
  const texts = Math.max(request.n ?? 1, request.best_of ?? 1) * promptsOf(request).length;
  const answers = texts * (request.max_tokens ?? DEFAULT_MAX_TOKENS);
  return Math.ceil(estimateCompletionInput(request) + answers);
}

/** What telemetry tells of a request, which may still be a wrong one. */
export function describeCompletionRequest(request: CompletionCreateRequest): RequestFacts {
  return { ...describeChatRequest(request), operation: 'text_completion' };
}
