import type { Identifiers } from '../identifiers.ts';
import type { Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import { chunkEvents, DONE } from './chat-chunks.ts';
import { complete, completionBody } from './chat-completion.ts';
import { parseChatRequest } from './chat-request.ts';
import { kindOf, type ModelDescription } from './model-catalog.ts';
import { requireModel } from './models.ts';

export interface ChatSettings {
  readonly models: readonly ModelDescription[];
  readonly wordsPerEvent: number;
  readonly identifiers: Identifiers;
}

/** POST /v1/chat/completions, as one body or as a stream. */
export function chatRoutes({ models, wordsPerEvent, identifiers }: ChatSettings): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/chat/completions',
      handle: ({ body: given }) => {
        const request = parseChatRequest(given);
        const completion = complete(request, requireChatModel(models, request.model), identifiers);
        const tokens = completion.usage.total_tokens;
        const body = completionBody(completion);
        if (!request.stream) return { kind: 'json', body, tokens };
        const events = chunkEvents(completion, { wordsPerEvent, ...request });
        return { kind: 'events', events, terminator: DONE, body, tokens };
      },
    },
  ];
}

function requireChatModel(models: readonly ModelDescription[], id: string): ModelDescription {
  const model = requireModel(models, id);
  if (kindOf(model) === 'chat') return model;
  throw new RequestRefused({
    status: 404,
    message: `\`${id}\` is not a chat model, so /v1/chat/completions does not take it.`,
    type: 'invalid_request_error',
    param: 'model',
    code: null,
  });
}
