import type { Route } from '../../protocol.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import { type ChatSettings, replyToChat } from './chat-reply.ts';
import { parseChatRequest } from './chat-request.ts';

/** POST /v1/chat/completions, as one body or as a stream. */
export function chatRoutes(models: ModelShelf, settings: ChatSettings): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/chat/completions',
      handle: ({ body }) => {
        const request = parseChatRequest(body);
        models.requireAble(request.model, 'completion_chat');
        return replyToChat(request, settings);
      },
    },
  ];
}
