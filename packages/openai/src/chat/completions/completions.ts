import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type EventReader,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import { bracketQuery } from '../../bracket-query.ts';
import { decodeChoicesEvent } from '../../choices-event.ts';
import type { CursorList } from '../../cursor-list.ts';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type {
  ChatCompletionCreateRequest,
  ChatCompletionRequest,
  ChatCompletionStreamRequest,
  ResponseFormat,
} from './chat-completion-request.ts';
import { collectChatFacts, describeChatRequest } from './chat-facts.ts';
import { validateChatCompletion } from './chat-completion-schema.ts';
import { ChatOutputs } from './chat-outputs.ts';
import { ChatStream } from './chat-stream.ts';
import { estimateChatTokens, estimatePromptTokens } from './chat-token-estimate.ts';
import { StoredMessages } from './messages/stored-messages.ts';
import { ParsedChatStream } from './parsed-chat-stream.ts';
import type { OutputOf } from '../../structured-output/output-of.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';
import { createToolRun, type RunToolsOptions, type RunToolsRequest } from './run-tools.ts';
import type {
  StoredCompletionDeleted,
  StoredCompletionQuery,
  StoredCompletionUpdate,
} from './stored-completion.ts';
import type { ToolRun } from './tool-run.ts';
import type { StreamedToolRunStep } from './tool-run-step.ts';

const create: JsonEndpoint<ChatCompletionCreateRequest, ChatCompletion> = {
  operation: 'chat.create',
  method: 'POST',
  path: '/chat/completions',
  resultKey: 'choices',
  validate: validateChatCompletion,
  estimateTokens: estimateChatTokens,
  estimateInputTokens: estimatePromptTokens,
  describe: describeChatRequest,
  collect: collectChatFacts,
};

const createStream: StreamEndpoint<ChatCompletionStreamRequest, ChatCompletionChunk> = {
  operation: 'chat.create_stream',
  method: 'POST',
  path: '/chat/completions',
  validate: validateChatCompletion,
  estimateTokens: estimateChatTokens,
  decode: decodeChoicesEvent,
  estimateInputTokens: estimatePromptTokens,
  describe: describeChatRequest,
  collect: collectChatFacts,
};

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
    z.object({ metadata: z.nullable(z.record(z.string(), z.string())) }),
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
          createStream,
          { body: request },
          options,
          (reader) => new ChatStream(reader),
        )
      : this.#caller.call(create, { body: request }, options);
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
    return this.#caller.call(create, { body }, options).map((completion) => {
      const outputs = new ChatOutputs<OutputOf<Format>>(request);
      const place = { call: 'openai chat.parse', requestId: completion.requestId };
      return outputs.parse(completion, place);
    });
  }

  /** The same answer as a stream: `finalCompletion()` reads it. `POST /chat/completions` */
  stream<Format extends ResponseFormat | undefined = undefined>(
    request: ParseRequest<Format>,
    options?: StreamOptions,
  ): ResponsePromise<ParsedChatStream<OutputOf<Format>>> {
    return this.#openStream(request, () => new ChatOutputs<OutputOf<Format>>(request), options);
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
    outputs: () => ChatOutputs<Output>,
    options: StreamOptions | undefined,
  ): ResponsePromise<ParsedChatStream<Output>> {
    const body: ChatCompletionStreamRequest = { ...request, stream: true };
    const open = (reader: EventReader<ChatCompletionChunk>): ParsedChatStream<Output> =>
      new ParsedChatStream(reader, outputs());
    return this.#caller.stream(createStream, { body }, options, open);
  }
}

function isStreaming(request: ChatCompletionCreateRequest): request is ChatCompletionStreamRequest {
  // Callers without types may pass nothing at all; validation tells them so.
  return request?.stream === true;
}
