import {
  type CallOptions,
  CHARACTERS_PER_TOKEN,
  collectChatFacts,
  type CoreCaller,
  decodeChoicesEvent,
  describeChatRequest,
  type JsonEndpoint,
  type RequestFacts,
  type ResponsePromise,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { ChatCompletion } from '../chat/chat-completion.ts';
import type { ChatCompletionChunk } from '../chat/chat-completion-chunk.ts';
import { samplingFields } from '../chat/chat-completion-schema.ts';
import { ChatStream } from '../chat/chat-stream.ts';
import type { FimCompletionCreateRequest, FimCompletionRequest } from './fim-request.ts';

/** The tokens of the code on both sides of the gap. */
function estimateCode({ prompt, suffix }: FimCompletionRequest): number {
  return (prompt.length + (suffix?.length ?? 0)) / CHARACTERS_PER_TOKEN;
}

/** What both ways to answer have in common. */
const SHARED = {
  method: 'POST',
  path: '/v1/fim/completions',
  validate: validateWith('mistral fim.create', () =>
    v.object({
      ...samplingFields(),
      model: v.pipe(v.string(), v.minLength(1)),
      prompt: v.string(),
      suffix: v.nullish(v.string()),
      min_tokens: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
  estimateTokens: (request: FimCompletionRequest) =>
    Math.ceil(estimateCode(request) + (request.max_tokens ?? 0)),
  estimateInputTokens: estimateCode,
  describe: (request: FimCompletionCreateRequest): RequestFacts => ({
    ...describeChatRequest(request),
    operation: 'text_completion',
  }),
  collect: collectChatFacts,
} as const;

const create: JsonEndpoint<FimCompletionCreateRequest, ChatCompletion> = {
  ...SHARED,
  operation: 'fim.create',
  resultKey: 'choices',
};

const createStream: StreamEndpoint<FimCompletionCreateRequest, ChatCompletionChunk> = {
  ...SHARED,
  operation: 'fim.create_stream',
  decode: decodeChoicesEvent,
};

/** `/v1/fim/completions`: code that fills a gap. */
export class Fim {
  readonly #caller: CoreCaller;

  constructor(caller: CoreCaller) {
    this.#caller = caller;
  }

  /** The code between `prompt` and `suffix`. `POST /v1/fim/completions` */
  create(
    request: FimCompletionRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    const body = { ...request, stream: undefined };
    return this.#caller.call(create, { body }, options);
  }

  /** The same, as it is written. `POST /v1/fim/completions` with `stream: true` */
  createStream(
    request: FimCompletionRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> {
    const body = { ...request, stream: true };
    return this.#caller.stream(
      createStream,
      { body },
      options,
      (reader) => new ChatStream(reader, 'mistral fim.create_stream'),
    );
  }
}
