import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ResponsePromise,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import { decodeChoicesEvent } from '../choices-event.ts';
import type { Completion } from './completion.ts';
import {
  collectCompletionFacts,
  describeCompletionRequest,
  estimateCompletionInput,
  estimateCompletionTokens,
} from './completion-facts.ts';
import type { CompletionCreateRequest, CompletionStreamRequest } from './completion-request.ts';
import { CompletionStream } from './completion-stream.ts';

const count = (most: number): z.ZodMiniType => z.nullish(z.int().check(z.gte(1), z.lte(most)));
const penalty = (): z.ZodMiniType => z.nullish(z.number().check(z.gte(-2), z.lte(2)));

const validate = validateWith('openai completions.create', () =>
  z.object({
    model: z.string().check(z.minLength(1)),
    prompt: z.nullable(
      z.union([
        z.string(),
        z.array(z.string()),
        z.array(z.int()),
        z.array(z.array(z.int()).check(z.minLength(1))),
      ]),
    ),
    best_of: count(20),
    frequency_penalty: penalty(),
    logprobs: z.nullish(z.int().check(z.gte(0), z.lte(5))),
    max_tokens: z.nullish(z.int().check(z.gte(0))),
    n: count(128),
    presence_penalty: penalty(),
    temperature: z.nullish(z.number().check(z.gte(0), z.lte(2))),
    top_p: z.nullish(z.number().check(z.gte(0), z.lte(1))),
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
  collect: collectCompletionFacts,
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

function isStreaming(request: CompletionCreateRequest): request is CompletionStreamRequest {
  // Callers without types may pass nothing at all; validation tells them so.
  return request?.stream === true;
}

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
