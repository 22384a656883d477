import {
  type CoreCaller,
  type JsonCaller,
  PlainChat,
  PlainChatStreams,
} from '@integrations/provider';
import type { ChatCompletion } from './completions/chat-completion.ts';
import type { ChatCompletionChunk } from './completions/chat-completion-chunk.ts';
import type { ChatCompletionRequest } from './completions/chat-completion-request.ts';
import { CHAT } from './completions/chat-endpoints.ts';

/** Whole answers to conversations. `POST /chat/completions` */
export class CoreChat extends PlainChat<ChatCompletionRequest, ChatCompletion> {
  constructor(caller: JsonCaller) {
    super(caller, CHAT.create);
  }
}

/** Answers to conversations as they are written. `POST /chat/completions` with `stream: true` */
export class CoreChatStreams extends PlainChatStreams<ChatCompletionRequest, ChatCompletionChunk> {
  constructor(caller: CoreCaller) {
    super(caller, CHAT.createStream);
  }
}
