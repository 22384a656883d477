import {
  callForEmbeddings,
  type JsonCaller,
  type EmbeddingEndpoints,
  embeddingEndpoints,
  type EmbeddingOptions,
  type EmbeddingResponse as EmbeddingList,
  embedMany,
  type EmbedManyOptions,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { EmbeddingDtype, EmbeddingRequest, EmbeddingResponse } from './embedding.ts';
import { decodeRounded } from './rounded-vectors.ts';

/** What the API takes: inputs and tokens of one request, and tokens of one input. */
const LIMITS = { inputs: 512, tokens: 16_384, inputTokens: 8192 } as const;

const ENDPOINTS: EmbeddingEndpoints<EmbeddingRequest> =
  /* @__PURE__ */ embeddingEndpoints<EmbeddingRequest>({
    provider: 'mistral',
    path: '/v1/embeddings',
    validate: validateWith('mistral embeddings.create', () => {
      const text = v.pipe(v.string(), v.nonEmpty());
      return v.object({
        model: text,
        input: v.union([text, v.pipe(v.array(text), v.nonEmpty())]),
        output_dimension: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))),
        output_dtype: v.optional(v.picklist(['float', 'int8', 'uint8', 'binary', 'ubinary'])),
        encoding_format: v.optional(v.picklist(['float', 'base64'])),
      });
    }),
    dimensionsOf: ({ output_dimension: dimensions }) => dimensions ?? undefined,
  });

/** What `createMany` may set. A key against repetition would make all answers the first one. */
export interface CreateManyOptions extends EmbedManyOptions {
  /** Length of the vectors, for models that can shorten them. @default the model's own */
  readonly output_dimension?: number | undefined;
  /** What the numbers are, for models that can round them. @default 'float' */
  readonly output_dtype?: EmbeddingDtype | undefined;
  readonly metadata?: EmbeddingRequest['metadata'];
}

type Vector = number[] | Float32Array;
type AnyVectors = WithRequestId<EmbeddingList<Vector | string>>;

function isPacked(dtype: EmbeddingDtype | undefined): boolean {
  return dtype === 'binary' || dtype === 'ubinary';
}

/** `/v1/embeddings`. */
export class Embeddings {
  readonly #caller: JsonCaller;

  constructor(caller: JsonCaller) {
    this.#caller = caller;
  }

  /** The vectors as `Float32Array`. `POST /v1/embeddings` */
  create(
    request: EmbeddingRequest,
    options: EmbeddingOptions & { readonly vectors: 'float32' },
  ): ResponsePromise<WithRequestId<EmbeddingResponse<Float32Array>>>;
  /** The vectors as the base64 that they travel in. `POST /v1/embeddings` */
  create(
    request: EmbeddingRequest & { readonly encoding_format: 'base64' },
    options?: EmbeddingOptions,
  ): ResponsePromise<WithRequestId<EmbeddingResponse<string>>>;
  /** The vectors as arrays of numbers. `POST /v1/embeddings` */
  create(
    request: EmbeddingRequest,
    options?: EmbeddingOptions,
  ): ResponsePromise<WithRequestId<EmbeddingResponse>>;
  create(request: EmbeddingRequest, options: EmbeddingOptions = {}): ResponsePromise<object> {
    return this.#create(request, options);
  }

  /**
   * The vectors of any number of inputs, in their order, by as many requests as the API's
   * limits make necessary: 512 inputs and 16,384 tokens a request. Every vector is checked
   * for its length and for numbers that are none. `POST /v1/embeddings`, repeated
   *
   * @throws ValidationError that names the inputs that are empty or too long; nothing was sent.
   * @throws EmbeddingBatchError when a request failed, or the signal aborted: it keeps what
   *   succeeded. After a failure no further request is begun.
   */
  createMany(
    inputs: readonly string[],
    options: CreateManyOptions & { readonly vectors: 'float32' },
  ): Promise<EmbeddingList<Float32Array>>;
  createMany(inputs: readonly string[], options: CreateManyOptions): Promise<EmbeddingList>;
  createMany(
    inputs: readonly string[],
    { output_dimension, output_dtype, metadata, ...options }: CreateManyOptions,
  ): Promise<EmbeddingList<Vector>> {
    const { model, vectors } = options;
    return embedMany(inputs, options, {
      call: 'mistral embeddings.createMany',
      limits: LIMITS,
      dimensions: isPacked(output_dtype) ? undefined : output_dimension,
      embed: (input, callOptions) =>
        this.#create(
          // What is cut into batches are the inputs: texts.
          { model, input: input as string[], output_dimension, output_dtype, metadata },
          { ...callOptions, vectors },
        ) as ResponsePromise<WithRequestId<EmbeddingList<Vector>>>,
    });
  }

  #create(request: EmbeddingRequest, options: EmbeddingOptions): ResponsePromise<AnyVectors> {
    // Callers without types may pass nothing at all; validation tells them so.
    const body = { ...request };
    const { output_dtype: dtype, encoding_format: format } = body;
    if (dtype === undefined || dtype === 'float') {
      return callForEmbeddings(this.#caller, ENDPOINTS, body, options);
    }
    const sent = this.#caller.call(ENDPOINTS.asSent, { body }, options);
    const isFloat32 = options.vectors === 'float32';
    if (format === 'base64' && !isFloat32) return sent;
    return sent.map((response) => {
      decodeRounded(response, dtype, (numbers) =>
        isFloat32 ? Float32Array.from(numbers) : numbers,
      );
      return response;
    });
  }
}
