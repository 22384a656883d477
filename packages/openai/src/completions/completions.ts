import {
  type Caller,
  type CallOptions,
  collectChatFacts,
  decodeChoicesEvent,
  isStreaming,
  type JsonEndpoint,
  type ResponsePromise,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { Completion } from './completion.ts';
import {
  describeCompletionRequest,
  estimateCompletionInput,
  estimateCompletionTokens,
} from './completion-facts.ts';
import type { CompletionCreateRequest, CompletionStreamRequest } from './completion-request.ts';
import { CompletionStream } from './completion-stream.ts';

const count = (most: number): v.GenericSchema =>
  v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most)));
const penalty = (): v.GenericSchema => v.nullish(v.pipe(v.number(), v.minValue(-2), v.maxValue(2)));

const validate = validateWith('openai completions.create', () =>
  v.object({
    model: v.pipe(v.string(), v.nonEmpty()),
    prompt: v.nullable(
      v.union([
        v.string(),
        v.array(v.string()),
        v.array(v.pipe(v.number(), v.integer())),
        v.array(v.pipe(v.array(v.pipe(v.number(), v.integer())), v.nonEmpty())),
      ]),
    ),
    best_of: count(20),
    frequency_penalty: penalty(),
    logprobs: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))),
    max_tokens: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
    n: count(128),
    presence_penalty: penalty(),
    temperature: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
    top_p: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
);

/** What both ways to answer have in common. */
const SHARED = {
  method: 'POST',
  path: '/completions',
  validate,
  estimateTokens: estimateCompletionTokens,
  estimateInputTokens: estimateCompletionInput,
  describe: describeCompletionRequest,
  collect: collectChatFacts,
} as const;

const create: JsonEndpoint<CompletionCreateRequest, Completion> = {
  ...SHARED,
  operation: 'completions.create',
  resultKey: 'choices',
};

const createStream: StreamEndpoint<CompletionStreamRequest, Completion> = {
  ...SHARED,
  operation: 'completions.create_stream',
  decode: decodeChoicesEvent,
};

/** `/completions`: the API's older form of an answer, for models that take plain text. */
export class Completions {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The texts as a stream. `POST /completions` */
  create(
    request: CompletionStreamRequest,
    options?: StreamOptions,
  ): ResponsePromise<CompletionStream>;
  /** The whole texts. `POST /completions` */
  create(
    request: CompletionCreateRequest & { readonly stream?: false | null | undefined },
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Completion>>;
  create(
    request: CompletionCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<CompletionStream> | ResponsePromise<WithRequestId<Completion>>;
  create(
    request: CompletionCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<CompletionStream> | ResponsePromise<WithRequestId<Completion>> {
    return isStreaming(request)
      ? this.#caller.stream(
          createStream,
          { body: request },
          options,
          (reader) => new CompletionStream(reader),
        )
      : this.#caller.call(create, { body: request }, options);
  }
}
