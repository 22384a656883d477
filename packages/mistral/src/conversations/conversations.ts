import type {
  CallOptions,
  Caller,
  EventReader,
  PagePromise,
  ResponsePromise,
  StreamOptions,
  WithRequestId,
} from '@integrations/provider';
import { jsonQuery } from '../json-query.ts';
import type { Conversation, ConversationListQuery } from './conversation.ts';
import {
  APPEND,
  APPEND_STREAM,
  DELETE,
  GET,
  HISTORY,
  LIST,
  MESSAGES,
  RESTART,
  RESTART_STREAM,
  START,
  START_STREAM,
} from './conversation-endpoints.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type {
  ConversationAppendRequest,
  ConversationRestartRequest,
  ConversationStartRequest,
} from './conversation-request.ts';
import type {
  ConversationHistory,
  ConversationMessages,
  ConversationResponse,
} from './conversation-response.ts';
import { ConversationStream } from './conversation-stream.ts';
import type { ConversationToolRun } from './tool-run/conversation-tool-run.ts';
import {
  type ConversationToolsOptions,
  type ConversationToolsRequest,
  runConversationTools,
} from './tool-run/run-conversation-tools.ts';

function open(reader: EventReader<ConversationEvent>): ConversationStream {
  return new ConversationStream(reader);
}

/** `/v1/conversations`: what is said with a model or an agent, kept by the API. */
export class Conversations {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Begins a conversation, and answers. `POST /v1/conversations` */
  start(
    request: ConversationStartRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationResponse>> {
    return this.#caller.call(START, { body: request }, options);
  }

  /** Begins a conversation, and streams the answer. `POST /v1/conversations` */
  startStream(
    request: ConversationStartRequest,
    options?: StreamOptions,
  ): ResponsePromise<ConversationStream> {
    const body = { ...request, stream: true } as const;
    return this.#caller.stream(START_STREAM, { body }, options, open);
  }

  /** Goes on with a conversation, and answers. `POST /v1/conversations/{conversation_id}` @throws NotFoundError */
  append(
    conversationId: string,
    request: ConversationAppendRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationResponse>> {
    const params = { conversation_id: conversationId };
    return this.#caller.call(APPEND, { params, body: request }, options);
  }

  /** Goes on with a conversation, and streams the answer. `POST /v1/conversations/{conversation_id}` @throws NotFoundError */
  appendStream(
    conversationId: string,
    request: ConversationAppendRequest,
    options?: StreamOptions,
  ): ResponsePromise<ConversationStream> {
    const params = { conversation_id: conversationId };
    const body = { ...request, stream: true } as const;
    return this.#caller.stream(APPEND_STREAM, { params, body }, options, open);
  }

  /**
   * Begins another conversation with what was said until an entry, and answers.
   * `POST /v1/conversations/{conversation_id}/restart`
   *
   * @throws NotFoundError
   */
  restart(
    conversationId: string,
    request: ConversationRestartRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationResponse>> {
    const params = { conversation_id: conversationId };
    return this.#caller.call(RESTART, { params, body: request }, options);
  }

  /**
   * Begins another conversation with what was said until an entry, and streams the answer.
   * `POST /v1/conversations/{conversation_id}/restart`
   *
   * @throws NotFoundError
   */
  restartStream(
    conversationId: string,
    request: ConversationRestartRequest,
    options?: StreamOptions,
  ): ResponsePromise<ConversationStream> {
    const params = { conversation_id: conversationId };
    const body = { ...request, stream: true } as const;
    return this.#caller.stream(RESTART_STREAM, { params, body }, options, open);
  }

  /**
   * Begins a conversation, or goes on with the one of `conversation_id`, and runs the
   * functions that are called until there is an answer without a call. Nothing is sent until
   * the run is read, or asked for its end. `POST /v1/conversations`, repeated
   *
   * @throws ValidationError for tools that cannot be run.
   */
  runTools(
    request: ConversationToolsRequest,
    options: ConversationToolsOptions = {},
  ): ConversationToolRun {
    return runConversationTools(request, options, {
      start: (body, callOptions) => this.start(body, callOptions),
      append: (id, body, callOptions) => this.append(id, body, callOptions),
      runTool: (tool, run) => this.#caller.runTool(tool, run),
    });
  }

  /** All conversations. `GET /v1/conversations` */
  list(
    query?: ConversationListQuery | null,
    options?: CallOptions,
  ): PagePromise<Conversation, WithRequestId<{ data: Conversation[] }>> {
    return this.#caller.list(LIST, { query: jsonQuery(query) }, options);
  }

  /** One conversation, without what was said. `GET /v1/conversations/{conversation_id}` @throws NotFoundError */
  get(conversationId: string, options?: CallOptions): ResponsePromise<WithRequestId<Conversation>> {
    return this.#caller.call(GET, { params: { conversation_id: conversationId } }, options);
  }

  /** Deletes a conversation. `DELETE /v1/conversations/{conversation_id}` @throws NotFoundError */
  delete(conversationId: string, options?: CallOptions): ResponsePromise<void> {
    const params = { conversation_id: conversationId };
    return this.#caller.callForNothing(DELETE, { params }, options);
  }

  /** All that happened in a conversation. `GET /v1/conversations/{conversation_id}/history` @throws NotFoundError */
  history(
    conversationId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationHistory>> {
    return this.#caller.call(HISTORY, { params: { conversation_id: conversationId } }, options);
  }

  /** All that was said in a conversation. `GET /v1/conversations/{conversation_id}/messages` @throws NotFoundError */
  messages(
    conversationId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ConversationMessages>> {
    return this.#caller.call(MESSAGES, { params: { conversation_id: conversationId } }, options);
  }
}
