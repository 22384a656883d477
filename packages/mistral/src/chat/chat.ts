import {
  type CallOptions,
  ChatOutputs,
  type CoreCaller,
  type OutputOf,
  type ResponsePromise,
  runChatTools,
  type RunToolsOptions,
  type StreamOptions,
  type WithRequestId,
} from '@integrations/provider';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionRequest, ResponseFormat } from './chat-completion-request.ts';
import { CHAT } from './chat-endpoints.ts';
import { CHAT_DIALECT } from './chat-dialect.ts';
import { ChatStream, ParsedChatStream } from './chat-stream.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';
import {
  type RunToolsRequest,
  type StreamedToolRun,
  type ToolRun,
  toolRunRules,
} from './run-tools.ts';

/** A request whose answer is read by the schema of its format, if it has one. */
export type ParseRequest<Format extends ResponseFormat | undefined> = Omit<
  ChatCompletionRequest,
  'response_format'
> & { readonly response_format?: Format };

/** `/v1/chat/completions`. */
export class Chat {
  readonly #caller: CoreCaller;

  constructor(caller: CoreCaller) {
    this.#caller = caller;
  }

  /** The answer to a conversation. `POST /v1/chat/completions` */
  create(
    request: ChatCompletionRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    const body = { ...request, stream: undefined };
    return this.#caller.call(CHAT.create, { body }, options);
  }

  /** The answer to a conversation, as it is written. `POST /v1/chat/completions` with `stream: true` */
  createStream(
    request: ChatCompletionRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> {
    const body = { ...request, stream: true };
    return this.#caller.stream(
      CHAT.createStream,
      { body },
      options,
      (reader) => new ChatStream(reader, 'mistral chat.create_stream'),
    );
  }

  /**
   * The answer, read by the schema of a `response_format` that `zodResponseFormat` or
   * `standardResponseFormat` made: `choices[0].message.parsed`. `POST /v1/chat/completions`
   *
   * @throws LengthFinishReasonError for an answer that was cut, InvalidOutputError for one
   *   that does not fit.
   */
  parse<Format extends ResponseFormat | undefined = undefined>(
    request: ParseRequest<Format>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ParsedChatCompletion<OutputOf<Format>>>> {
    return this.create(request, options).map((completion) => {
      const place = { call: 'mistral chat.parse', requestId: completion.requestId };
      return outputsOf<WithRequestId<ParsedChatCompletion<OutputOf<Format>>>, OutputOf<Format>>(
        request,
      ).parse(completion, place);
    });
  }

  /** The same answer as a stream: `finalCompletion()` reads it. `POST /v1/chat/completions` */
  parseStream<Format extends ResponseFormat | undefined = undefined>(
    request: ParseRequest<Format>,
    options?: StreamOptions,
  ): ResponsePromise<ParsedChatStream<OutputOf<Format>>> {
    return this.#openStream(request, () => outputsOf(request), options);
  }

  /**
   * Goes on with the conversation until the model answers without calling a tool. Nothing is
   * sent until the run is read, or asked for its end. `POST /v1/chat/completions`, repeated
   *
   * @throws ValidationError for tools that cannot be run.
   */
  runTools<Format extends ResponseFormat | undefined = undefined>(
    request: RunToolsRequest<Format> & { readonly stream: true },
    options?: RunToolsOptions,
  ): StreamedToolRun<Format>;
  runTools<Format extends ResponseFormat | undefined = undefined>(
    request: RunToolsRequest<Format> & { readonly stream?: false | undefined },
    options?: RunToolsOptions,
  ): ToolRun<OutputOf<Format>>;
  runTools<Format extends ResponseFormat | undefined = undefined>(
    request: RunToolsRequest<Format>,
    options: RunToolsOptions = {},
  ): unknown {
    return runChatTools(
      request,
      options,
      {
        complete: (body, callOptions) => this.create(body, callOptions),
        stream: (
          body,
          outputs: ChatOutputs<ParsedChatCompletion<OutputOf<Format>>, OutputOf<Format>>,
          callOptions,
        ) => this.#openStream(body, () => outputs, callOptions),
        runTool: (tool, run) => this.#caller.runTool(tool, run),
      },
      toolRunRules<OutputOf<Format>>(),
    );
  }

  #openStream<Output>(
    request: ChatCompletionRequest,
    outputs: () => ChatOutputs<ParsedChatCompletion<Output>, Output>,
    options: StreamOptions | undefined,
  ): ResponsePromise<ParsedChatStream<Output>> {
    const body = { ...request, stream: true };
    return this.#caller.stream(
      CHAT.createStream,
      { body },
      options,
      (reader) => new ParsedChatStream(reader, outputs()),
    );
  }
}

function outputsOf<Completion extends ChatCompletion, Output>(
  request: ConstructorParameters<typeof ChatOutputs>[0],
): ChatOutputs<Completion, Output> {
  return new ChatOutputs(request, CHAT_DIALECT);
}
