import { describeChatRequest, type RequestFacts } from '@integrations/provider';
import type { ChatCompletionCreateRequest } from './chat-completion-request.ts';

/** What telemetry tells of a request, which may still be a wrong one. */
export function describeRequest(request: ChatCompletionCreateRequest): RequestFacts {
  const serviceTier = request.service_tier ?? undefined;
  return {
    ...describeChatRequest(request),
    openai: { apiType: 'chat_completions', serviceTier },
  };
}
