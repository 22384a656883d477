import {
  callForEmbeddings,
  type JsonCaller,
  embedMany,
  type EmbeddingEndpoints,
  embeddingEndpoints,
  type EmbeddingInput,
  type EmbeddingLimits,
  type EmbeddingOptions,
  type EmbeddingResponse,
  type EmbedManyOptions,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { EmbeddingRequest } from './embedding.ts';

/** What the API takes. */
const LIMITS: EmbeddingLimits = { inputs: 2048, tokens: 300_000, inputTokens: 8192 };

/** What `createMany` may set. */
export interface CreateManyOptions extends EmbedManyOptions {
  /** Length of the vectors, for models that can shorten them. @default the model's own */
  readonly dimensions?: number | undefined;
  readonly user?: string | undefined;
}

const tokens = (): v.GenericSchema =>
  v.pipe(v.array(v.pipe(v.number(), v.integer())), v.nonEmpty());

/** A list is read as what its first item says: to try every kind on thousands of items is slow. */
function listSchema(): v.GenericSchema {
  const listOf = (item: v.GenericSchema): v.GenericSchema =>
    v.pipe(v.array(item), v.nonEmpty(), v.maxLength(LIMITS.inputs));
  const [texts, ids, lists] = [
    listOf(v.pipe(v.string(), v.nonEmpty())),
    tokens(),
    listOf(tokens()),
  ];
  return v.lazy((input) => {
    const first: unknown = Array.isArray(input) ? input[0] : undefined;
    if (typeof first === 'number') return ids;
    return Array.isArray(first) ? lists : texts;
  });
}

const validate = validateWith('openai embeddings.create', () =>
  v.object({
    model: v.pipe(v.string(), v.nonEmpty()),
    input: v.union([v.pipe(v.string(), v.nonEmpty()), listSchema()]),
    dimensions: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    encoding_format: v.optional(v.picklist(['float', 'base64'])),
  }),
);

const ENDPOINTS: EmbeddingEndpoints<EmbeddingRequest> =
  /* @__PURE__ */ embeddingEndpoints<EmbeddingRequest>({
    provider: 'openai',
    validate,
    dimensionsOf: ({ dimensions }) => dimensions,
  });

/** `/embeddings`. */
export class Embeddings {
  readonly #caller: JsonCaller;

  constructor(caller: JsonCaller) {
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
  create(request: EmbeddingRequest, options?: EmbeddingOptions): ResponsePromise<object> {
    return callForEmbeddings(this.#caller, ENDPOINTS, request, options);
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
    { dimensions, user, ...options }: CreateManyOptions,
  ): Promise<EmbeddingResponse<number[] | Float32Array>> {
    return embedMany(inputs, options, {
      call: 'openai embeddings.createMany',
      limits: LIMITS,
      dimensions,
      embed: (input, callOptions) => {
        const texts = input as EmbeddingRequest['input'];
        const request = { model: options.model, input: texts, dimensions, user };
        const { vectors } = options;
        return callForEmbeddings(this.#caller, ENDPOINTS, request, { ...callOptions, vectors });
      },
    });
  }
}
