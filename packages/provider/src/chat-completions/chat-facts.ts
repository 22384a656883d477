import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import { reportedUsage } from './completion-usage.ts';
import type { WireAnswer } from './wire-chat.ts';

/** What telemetry reads off a request, whichever of its names a provider uses. */
export interface DescribedRequest {
  readonly model?: string | null | undefined;
  readonly messages?: unknown;
  readonly stream?: boolean | null | undefined;
  readonly max_completion_tokens?: number | null | undefined;
  readonly max_tokens?: number | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly top_p?: number | null | undefined;
  readonly seed?: number | null | undefined;
  readonly random_seed?: number | null | undefined;
  readonly stop?: string | readonly string[] | null | undefined;
  readonly frequency_penalty?: number | null | undefined;
  readonly presence_penalty?: number | null | undefined;
  readonly n?: number | null | undefined;
  readonly response_format?: { readonly type?: string | undefined } | null | undefined;
}

/** What `response_format` asks for, as the conventions name it. */
function outputType(format: DescribedRequest['response_format']): 'text' | 'json' | undefined {
  if (format === undefined || format === null) return undefined;
  return format.type === 'text' ? 'text' : 'json';
}

/** What telemetry tells of a request, which may still be a wrong one. */
export function describeChatRequest(request: DescribedRequest): RequestFacts {
  const { messages } = request;
  return {
    operation: 'chat',
    model: request.model ?? undefined,
    messageCount: Array.isArray(messages) ? messages.length : undefined,
    stream: request.stream === true ? true : undefined,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    seed: request.seed ?? request.random_seed ?? undefined,
    stopSequences: request.stop ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    choiceCount: request.n ?? undefined,
    outputType: outputType(request.response_format),
  };
}

/** What some providers tell of their answers besides. */
interface DetailedAnswer extends WireAnswer {
  readonly service_tier?: string | null;
  readonly system_fingerprint?: string;
}

/** Gathers what an answer, or a chunk of one, tells of itself. */
export function collectChatFacts(answer: WireAnswer, facts: AnswerFacts): void {
  // The streams of some servers begin with a chunk that has no id and no model.
  facts.id ||= answer.id;
  facts.model ||= answer.model;
  const { service_tier: tier, system_fingerprint: fingerprint } = answer as DetailedAnswer;
  facts.serviceTier ??= tier ?? undefined;
  facts.systemFingerprint ??= fingerprint;
  for (const { finish_reason: reason } of answer.choices) {
    if (reason) (facts.finishReasons ??= []).push(reason);
  }
  const usage = reportedUsage(answer);
  if (usage !== undefined) facts.usage = usage;
}
