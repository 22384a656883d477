import { ProtocolError } from '@integrations/errors';
import {
  type AnswerFacts,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type RequestFacts,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import { createMany, type CreateManyOptions } from './create-many.ts';
import { MOST_INPUTS } from './embedding-batch.ts';
import type { EmbeddingRequest, EmbeddingResponse } from './embedding.ts';
import { decodeFloat32, toNumbers } from './float-vector.ts';
import type { EmbeddingInput } from './token-estimate.ts';

/** What a call for embeddings may set. */
export interface EmbeddingOptions extends CallOptions {
  /** What vectors arrive as: plain arrays, or `Float32Array` for less time and memory. @default 'array' */
  readonly vectors?: 'array' | 'float32' | undefined;
}

/** A vector as it travels. */
type WireVector = string | number[];

const validate = validateWith('openai embeddings.create', () =>
  z.object({
    model: z.string().check(z.minLength(1)),
    input: z.union([
      z.string().check(z.minLength(1, 'must not be empty')),
      z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(MOST_INPUTS)),
      z.array(z.int()).check(z.minLength(1)),
      z
        .array(z.array(z.int()).check(z.minLength(1)))
        .check(z.minLength(1), z.maxLength(MOST_INPUTS)),
    ]),
    dimensions: z.optional(z.int().check(z.gte(1))),
    encoding_format: z.optional(z.enum(['float', 'base64'])),
  }),
);

function isWireVector(value: unknown): value is WireVector {
  return typeof value === 'string' || Array.isArray(value);
}

/** Text has about four characters to a token; what is given as tokens counts as it is. */
function estimateTokens({ input }: EmbeddingRequest): number {
  const inputs: readonly (string | number | readonly number[])[] = Array.isArray(input)
    ? input
    : [input];
  return Math.ceil(
    inputs.reduce<number>((sum, one) => {
      if (typeof one === 'string') return sum + one.length / 4;
      return sum + (Array.isArray(one) ? one.length : 1);
    }, 0),
  );
}

/** Replaces each vector in place: a response is large, and nobody else has seen it. */
function convert<Vector>(
  response: EmbeddingResponse<Vector>,
  toVector: (vector: WireVector) => Vector,
): EmbeddingResponse<Vector> {
  if (!Array.isArray(response.data)) {
    throw new ProtocolError('openai embeddings.create: `data` in the answer is not a list.');
  }
  for (const item of response.data) {
    const vector: unknown = item.embedding;
    if (!isWireVector(vector)) {
      throw new ProtocolError(
        `openai embeddings.create: input ${item.index} has no vector in the answer.`,
      );
    }
    item.embedding = toVector(vector);
  }
  return response;
}

function describeEmbeddingRequest({
  model,
  dimensions,
  encoding_format: format,
}: EmbeddingRequest): RequestFacts {
  return {
    operation: 'embeddings',
    model,
    embeddingDimensions: dimensions,
    encodingFormats: format === undefined ? undefined : [format],
  };
}

function collectEmbeddingFacts(
  { model, usage }: Pick<EmbeddingResponse<unknown>, 'model' | 'usage'>,
  facts: AnswerFacts,
): void {
  facts.model = model;
  // Some servers report none.
  if (usage !== undefined) facts.usage = { inputTokens: usage.prompt_tokens, outputTokens: 0 };
}

function endpoint<Vector>(
  toVector?: (vector: WireVector) => Vector,
): JsonEndpoint<EmbeddingRequest, EmbeddingResponse<Vector>> {
  return {
    operation: 'embeddings.create',
    method: 'POST',
    path: '/embeddings',
    resultKey: 'data',
    validate,
    estimateTokens,
    describe: describeEmbeddingRequest,
    collect: collectEmbeddingFacts,
    ...(toVector === undefined ? {} : { toResult: (body) => convert(body, toVector) }),
  };
}

/** Servers that know no base64 answer with numbers all the same. */
const createArrays = endpoint((vector) =>
  typeof vector === 'string' ? toNumbers(decodeFloat32(vector)) : vector,
);
const createFloat32 = endpoint((vector) =>
  typeof vector === 'string' ? decodeFloat32(vector) : Float32Array.from(vector),
);
const createAsSent = endpoint<number[] | string>();

/** `/embeddings`. */
export class Embeddings {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The vectors as `Float32Array`. `POST /embeddings` */
  create(
    request: EmbeddingRequest,
    options: EmbeddingOptions & { readonly vectors: 'float32' },
  ): ResponsePromise<WithRequestId<EmbeddingResponse<Float32Array>>>;
  /** The vectors as the base64 that they travel in. `POST /embeddings` */
  create(
    request: EmbeddingRequest & { readonly encoding_format: 'base64' },
    options?: EmbeddingOptions,
  ): ResponsePromise<WithRequestId<EmbeddingResponse<string>>>;
  /** The vectors as arrays of numbers. `POST /embeddings` */
  create(
    request: EmbeddingRequest,
    options?: EmbeddingOptions,
  ): ResponsePromise<WithRequestId<EmbeddingResponse>>;
  create(request: EmbeddingRequest, options: EmbeddingOptions = {}): ResponsePromise<object> {
    const body: EmbeddingRequest = {
      ...request,
      encoding_format: request.encoding_format ?? 'base64',
    };
    if (options.vectors === 'float32') return this.#caller.call(createFloat32, { body }, options);
    if (request.encoding_format === 'base64')
      return this.#caller.call(createAsSent, { body }, options);
    return this.#caller.call(createArrays, { body }, options);
  }

  /**
   * The vectors of any number of inputs, in their order, by as many requests as the API's
   * limits make necessary. Every vector is checked for its length and for numbers that are
   * none. `POST /embeddings`, repeated
   *
   * @throws ValidationError that names the inputs that are empty or too long; nothing was sent.
   * @throws EmbeddingBatchError when a request failed, or the signal aborted: it keeps what
   *   succeeded. After a failure no further request is begun.
   */
  createMany(
    inputs: readonly EmbeddingInput[],
    options: CreateManyOptions & { readonly vectors: 'float32' },
  ): Promise<EmbeddingResponse<Float32Array>>;
  createMany(
    inputs: readonly EmbeddingInput[],
    options: CreateManyOptions,
  ): Promise<EmbeddingResponse>;
  createMany(
    inputs: readonly EmbeddingInput[],
    options: CreateManyOptions,
  ): Promise<EmbeddingResponse<number[] | Float32Array>> {
    const by =
      <Vector>(making: JsonEndpoint<EmbeddingRequest, EmbeddingResponse<Vector>>) =>
      (request: EmbeddingRequest, callOptions: CallOptions) => {
        const body: EmbeddingRequest = { ...request, encoding_format: 'base64' };
        return this.#caller.call(making, { body }, callOptions);
      };
    const isFloat32 = options.vectors === 'float32';
    return createMany(inputs, options, isFloat32 ? by(createFloat32) : by(createArrays));
  }
}
