import type { AnswerFacts, RequestFacts } from '@integrations/provider';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { Response } from './response.ts';
import type { ResponseCompactRequest, ResponseCreateRequest } from './response-request.ts';
import { responseTokenUsage } from './response-usage.ts';

/** What `text.format` asks for, as the conventions name it. */
function outputType({ text }: ResponseCreateRequest): 'text' | 'json' | undefined {
  const type = text?.format?.type;
  if (type === undefined) return undefined;
  return type === 'text' ? 'text' : 'json';
}

function messageCount({ input }: ResponseCreateRequest): number | undefined {
  if (Array.isArray(input)) return input.length;
  return typeof input === 'string' ? 1 : undefined;
}

function conversationId({ conversation }: ResponseCreateRequest): string | undefined {
  return typeof conversation === 'string' ? conversation : conversation?.id;
}

/** What telemetry tells of a request, which may still be a wrong one. */
export function describeResponseRequest(request: ResponseCreateRequest): RequestFacts {
  return {
    operation: 'chat',
    model: request.model,
    messageCount: messageCount(request),
    stream: request.stream === true ? true : undefined,
    maxTokens: request.max_output_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    outputType: outputType(request),
    conversationId: conversationId(request),
    openai: { apiType: 'responses', serviceTier: request.service_tier ?? undefined },
  };
}

/** Why the model stopped, in the words that chat completions have for it. */
function finishReason({ status, incomplete_details: details, output }: Response): string {
  if (status === 'incomplete') {
    return details?.reason === 'max_output_tokens' ? 'length' : (details?.reason ?? 'incomplete');
  }
  if (status !== undefined && status !== 'completed') return status;
  const calls = output?.some(({ type }) => type === 'function_call' || type === 'custom_tool_call');
  return calls ? 'tool_calls' : 'stop';
}

/** A response that is still to come, or has not been begun, has not stopped. */
function hasStopped({ status }: Response): boolean {
  return status !== 'queued' && status !== 'in_progress';
}

/** Gathers what a response tells of itself. */
export function collectResponseFacts(response: Response, facts: AnswerFacts): void {
  facts.id = response.id;
  facts.model = response.model;
  facts.serviceTier = response.service_tier ?? undefined;
  if (hasStopped(response)) facts.finishReasons = [finishReason(response)];
  const usage = responseTokenUsage(response);
  if (usage !== undefined) facts.usage = usage;
}

/** Gathers what an event tells of the response; only those that show it do. */
export function collectEventFacts(event: ResponseStreamEvent, facts: AnswerFacts): void {
  switch (event.type) {
    case 'response.created':
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      collectResponseFacts(event.response, facts);
      break;
    default:
  }
}

/** The conventions have no name for this operation. */
export function describeCompactRequest(request: ResponseCompactRequest): RequestFacts {
  return {
    operation: 'compact',
    model: request.model ?? undefined,
    openai: { apiType: 'responses', serviceTier: request.service_tier ?? undefined },
  };
}
