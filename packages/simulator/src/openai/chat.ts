import type { Identifiers } from '../identifiers.ts';
import type { Route } from '../protocol.ts';
import { DONE } from '../done-event.ts';
import { chunkEvents } from './chat-chunks.ts';
import { complete, completionBody } from './chat-completion.ts';
import { parseChatRequest } from './chat-request.ts';
import type { ModelDescription } from '../model-description.ts';
import { requireChatModel } from './models.ts';

const PATH = '/v1/chat/completions';
import { requireObjectBody } from './request-fields.ts';
import type { StoredCompletions } from './stored-completions/stored-completions.ts';

export interface ChatSettings {
  readonly models: readonly ModelDescription[];
  readonly wordsPerEvent: number;
  readonly identifiers: Identifiers;
  readonly stored: StoredCompletions;
}

/** POST /v1/chat/completions, as one body or as a stream. */
export function chatRoutes({ models, wordsPerEvent, identifiers, stored }: ChatSettings): Route[] {
  return [
    {
      method: 'POST',
      path: PATH,
      handle: ({ body: given }) => {
        const request = parseChatRequest(given);
        const completion = complete(
          request,
          requireChatModel(models, request.model, PATH),
          identifiers,
        );
        const tokens = completion.usage.total_tokens;
        const body = completionBody(completion);
        stored.keep(requireObjectBody(given), body);
        if (!request.stream) return { kind: 'json', body, tokens };
        const events = chunkEvents(completion, { wordsPerEvent, ...request });
        return { kind: 'events', events, terminator: DONE, body, tokens };
      },
    },
  ];
}
