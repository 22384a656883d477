import type { AnswerFacts, RequestFacts } from '@integrations/provider';
import { reportedUsage } from '../chat/completions/completion-usage.ts';
import type { Completion } from './completion.ts';
import type { CompletionCreateRequest } from './completion-request.ts';

/** English text has about four characters to a token. */
const CHARACTERS_PER_TOKEN = 4;

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
  return {
    operation: 'text_completion',
    model: request.model,
    stream: request.stream === true ? true : undefined,
    maxTokens: request.max_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    seed: request.seed ?? undefined,
    stopSequences: request.stop ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    choiceCount: request.n ?? undefined,
  };
}

/** Gathers what an answer, or an event of one, tells of itself. */
export function collectCompletionFacts(answer: Completion, facts: AnswerFacts): void {
  facts.id ??= answer.id;
  facts.model ??= answer.model;
  facts.systemFingerprint ??= answer.system_fingerprint;
  for (const { finish_reason: reason } of answer.choices) {
    if (reason) (facts.finishReasons ??= []).push(reason);
  }
  const usage = reportedUsage(answer);
  if (usage !== undefined) facts.usage = usage;
}
