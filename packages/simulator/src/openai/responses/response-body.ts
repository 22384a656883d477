import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { ResponseAnswer } from './response-answer.ts';
import type { ResponseRequest } from './response-request.ts';

/** What stays the same about a response, whatever becomes of it. */
export interface ResponseIdentity {
  readonly id: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** The model that answers. */
  readonly model: string;
  readonly request: ResponseRequest;
  readonly conversationId: string | undefined;
  readonly usage: JsonObject;
}

/** Words for each code that a response can fail with. */
const FAILURES: Readonly<Record<string, string>> = {
  server_error: 'The model failed to answer. Try again.',
  rate_limit_exceeded: 'The rate limit is reached. Try again later.',
  invalid_prompt: 'The prompt was refused.',
};

/** A response that is not finished. */
export function unfinishedBody(
  identity: ResponseIdentity,
  status: 'queued' | 'in_progress' | 'cancelled',
): JsonObject {
  return body(identity, { status, output: [], usage: null });
}

/** A response as it ended. */
export function finishedBody(identity: ResponseIdentity, answer: ResponseAnswer): JsonObject {
  const { status, incompleteReason: reason, failure, output } = answer;
  return body(identity, {
    status,
    output,
    completed_at: status === 'completed' ? identity.createdAt : null,
    error: failure === undefined ? null : { code: failure, message: messageOf(failure) },
    incomplete_details: reason === null ? null : { reason },
    usage: failure === undefined ? identity.usage : null,
  });
}

function messageOf(failure: string): string {
  return FAILURES[failure] ?? `The response failed: ${failure}.`;
}

function body(identity: ResponseIdentity, state: JsonObject): JsonObject {
  const { request, conversationId } = identity;
  const given = request.body;
  return {
    id: identity.id,
    object: 'response',
    created_at: identity.createdAt,
    background: request.background,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: given['instructions'] ?? null,
    max_output_tokens: given['max_output_tokens'] ?? null,
    max_tool_calls: given['max_tool_calls'] ?? null,
    model: identity.model,
    parallel_tool_calls: given['parallel_tool_calls'] ?? true,
    previous_response_id: given['previous_response_id'] ?? null,
    prompt_cache_key: given['prompt_cache_key'] ?? null,
    reasoning: { effort: null, summary: null, ...objectOf(given['reasoning']) },
    safety_identifier: given['safety_identifier'] ?? null,
    service_tier: 'default',
    store: request.store,
    temperature: given['temperature'] ?? 1,
    text: { format: { type: 'text' }, verbosity: 'medium', ...objectOf(given['text']) },
    tool_choice: given['tool_choice'] ?? 'auto',
    tools: given['tools'] ?? [],
    top_logprobs: given['top_logprobs'] ?? 0,
    top_p: given['top_p'] ?? 1,
    truncation: given['truncation'] ?? 'disabled',
    user: given['user'] ?? null,
    metadata: given['metadata'] ?? {},
    ...(conversationId === undefined ? {} : { conversation: { id: conversationId } }),
    ...state,
  };
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
