import type { Route } from '../../protocol.ts';
import { type ChatSettings, replyToChat } from '../chat/chat-reply.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import { parseFimRequest } from './fim-request.ts';

/** POST /v1/fim/completions, as one body or as a stream: quotes what comes after, or says that there is nothing to quote. */
export function fimRoutes(models: ModelShelf, settings: ChatSettings): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/fim/completions',
      handle: ({ body }) => {
        const request = parseFimRequest(body);
        models.requireAble(request.model, 'completion_fim');
        return replyToChat(request, settings);
      },
    },
  ];
}
