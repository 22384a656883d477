import {
  AFTER_LAST_ITEM,
  type Caller,
  type CallOptions,
  type EventReader,
  isStreaming,
  type JsonEndpoint,
  type ListEndpoint,
  type OutputOf,
  type PagePromise,
  plainObject,
  type ResponsePromise,
  type RunToolsOptions,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList } from '../../cursor-list.ts';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type {
  ChatCompletionCreateRequest,
  ChatCompletionRequest,
  ChatCompletionStreamRequest,
  ResponseFormat,
} from './chat-completion-request.ts';
import { CHAT } from './chat-endpoints.ts';
import { type Outputs, outputsOf } from './chat-outputs.ts';
import { ChatStream } from './chat-stream.ts';
import { StoredMessages } from './messages/stored-messages.ts';
import { ParsedChatStream } from './parsed-chat-stream.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';
import { createToolRun, type RunToolsRequest } from './run-tools.ts';
import type {
  StoredCompletionDeleted,
  StoredCompletionQuery,
  StoredCompletionUpdate,
} from './stored-completion.ts';
import type { ToolRun } from './tool-run.ts';
import type { StreamedToolRunStep } from './tool-run-step.ts';

const retrieve: JsonEndpoint<undefined, ChatCompletion> = {
  operation: 'chat.retrieve',
  method: 'GET',
  path: '/chat/completions/{completion_id}',
  resultKey: 'choices',
};

const update: JsonEndpoint<StoredCompletionUpdate, ChatCompletion> = {
  operation: 'chat.update',
  method: 'POST',
  path: '/chat/completions/{completion_id}',
  resultKey: 'choices',
  validate: validateWith('openai chat.update', () =>
    v.object({ metadata: v.nullable(v.pipe(plainObject(), v.record(v.string(), v.string()))) }),
  ),
};

const remove: JsonEndpoint<undefined, StoredCompletionDeleted> = {
  operation: 'chat.delete',
  method: 'DELETE',
  path: '/chat/completions/{completion_id}',
  resultKey: 'deleted',
};

const list: ListEndpoint<ChatCompletion, CursorList<ChatCompletion>> = {
  operation: 'chat.list',
  method: 'GET',
  path: '/chat/completions',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/** A request whose answer is read by the schema of its format, if it has one. */
export type ParseRequest<Format extends ResponseFormat | undefined> = ChatCompletionRequest & {
  readonly response_format?: Format;
};

/** `/chat/completions`. */
export class ChatCompletions {
  /** `/chat/completions/{completion_id}/messages`. */
  readonly messages: StoredMessages;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.messages = new StoredMessages(caller);
  }

  /** The answer as a stream. `POST /chat/completions` */
  create(
    request: ChatCompletionStreamRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream>;
  /** The whole answer. `POST /chat/completions` */
  create(
    request: ChatCompletionCreateRequest & { readonly stream?: false | null | undefined },
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>>;
  create(
    request: ChatCompletionCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> | ResponsePromise<WithRequestId<ChatCompletion>>;
  create(
    request: ChatCompletionCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> | ResponsePromise<WithRequestId<ChatCompletion>> {
    return isStreaming(request)
      ? this.#caller.stream(
          CHAT.createStream,
          { body: request },
          options,
          (reader) => new ChatStream(reader),
        )
      : this.#caller.call(CHAT.create, { body: request }, options);
  }

  /**
   * The answer, read by the schema of a `response_format` that `zodResponseFormat` or
   * `standardResponseFormat` made: `choices[0].message.parsed`. `POST /chat/completions`
   *
   * @throws RefusalError, LengthFinishReasonError or ContentFilterError for an answer that
   *   cannot be read, InvalidOutputError for one that does not fit.
   */
  parse<Format extends ResponseFormat | undefined = undefined>(
    request: ParseRequest<Format>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ParsedChatCompletion<OutputOf<Format>>>> {
    const body = { ...request, stream: undefined };
    return this.#caller.call(CHAT.create, { body }, options).map((completion) => {
      const place = { call: 'openai chat.parse', requestId: completion.requestId };
      return outputsOf<OutputOf<Format>>(request).parse(completion, place);
    });
  }

  /** The same answer as a stream: `finalCompletion()` reads it. `POST /chat/completions` */
  stream<Format extends ResponseFormat | undefined = undefined>(
    request: ParseRequest<Format>,
    options?: StreamOptions,
  ): ResponsePromise<ParsedChatStream<OutputOf<Format>>> {
    return this.#openStream(request, () => outputsOf<OutputOf<Format>>(request), options);
  }

  /**
   * Goes on with the conversation until the model answers without calling a tool. Nothing is
   * sent until the run is read, or asked for its end. `POST /chat/completions`, repeated
   *
   * @throws ValidationError for tools that cannot be run.
   */
  runTools<Format extends ResponseFormat | undefined = undefined>(
    request: RunToolsRequest<Format> & { readonly stream: true },
    options?: RunToolsOptions,
  ): ToolRun<OutputOf<Format>, StreamedToolRunStep<OutputOf<Format>>>;
  runTools<Format extends ResponseFormat | undefined = undefined>(
    request: RunToolsRequest<Format> & { readonly stream?: false | null | undefined },
    options?: RunToolsOptions,
  ): ToolRun<OutputOf<Format>>;
  runTools<Format extends ResponseFormat | undefined = undefined>(
    request: RunToolsRequest<Format>,
    options: RunToolsOptions = {},
  ): unknown {
    return createToolRun(request, options, {
      complete: (body, callOptions) => this.create({ ...body, stream: undefined }, callOptions),
      stream: (body, outputs, callOptions) => this.#openStream(body, () => outputs, callOptions),
      runTool: (tool, run) => this.#caller.runTool(tool, run),
    });
  }

  /**
   * A completion that was made with `store: true`. `GET /chat/completions/{completion_id}`
   *
   * @throws NotFoundError when there is none, or it was not stored.
   */
  retrieve(
    completionId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    return this.#caller.call(retrieve, { params: { completion_id: completionId } }, options);
  }

  /** Gives a stored completion other metadata. `POST /chat/completions/{completion_id}` */
  update(
    completionId: string,
    request: StoredCompletionUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    const params = { completion_id: completionId };
    return this.#caller.call(update, { params, body: request }, options);
  }

  /** The completions that were made with `store: true`. `GET /chat/completions` */
  list(
    query?: StoredCompletionQuery | null,
    options?: CallOptions,
  ): PagePromise<ChatCompletion, WithRequestId<CursorList<ChatCompletion>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, options);
  }

  /** Deletes a stored completion. `DELETE /chat/completions/{completion_id}` */
  delete(
    completionId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<StoredCompletionDeleted>> {
    return this.#caller.call(remove, { params: { completion_id: completionId } }, options);
  }

  #openStream<Output>(
    request: ChatCompletionRequest,
    outputs: () => Outputs<Output>,
    options: StreamOptions | undefined,
  ): ResponsePromise<ParsedChatStream<Output>> {
    const body: ChatCompletionStreamRequest = { ...request, stream: true };
    const open = (reader: EventReader<ChatCompletionChunk>): ParsedChatStream<Output> =>
      new ParsedChatStream(reader, outputs());
    return this.#caller.stream(CHAT.createStream, { body }, options, open);
  }
}
