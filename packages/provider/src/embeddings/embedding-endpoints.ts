import { ProtocolError } from '@integrations/errors';
import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import type { CallOptions } from '../call-options.ts';
import type { JsonCaller } from '../json-caller.ts';
import type { JsonEndpoint } from '../endpoint.ts';
import type { WithRequestId } from '../request-id.ts';
import type { ResponsePromise } from '../response-promise.ts';
import type { EmbeddingResponse } from './embedding.ts';
import { decodeFloat32, toNumbers } from './float-vector.ts';

/** English text has about four characters to a token. */
const CHARACTERS_PER_TOKEN = 4;

/** A request for embeddings, as far as every provider has the same. */
export interface WireEmbeddingRequest {
  readonly model: string;
  readonly input?: unknown;
  readonly encoding_format?: 'float' | 'base64' | undefined;
}

/** What a call for embeddings may set. */
export interface EmbeddingOptions extends CallOptions {
  /** What vectors arrive as: plain arrays, or `Float32Array` for less time and memory. @default 'array' */
  readonly vectors?: 'array' | 'float32' | undefined;
}

/** Where a provider makes embeddings, and what is special about it. */
export interface EmbeddingEndpointOptions<Request> {
  /** The provider's name, for messages. */
  readonly provider: string;
  /** Below the base URL. @default '/embeddings' */
  readonly path?: string;
  /** @throws ValidationError when a request cannot be right. @default not checked */
  readonly validate?: (request: Request) => void;
  /** The length of vectors that a request asks for, for telemetry. @default not told */
  readonly dimensionsOf?: (request: Request) => number | undefined;
}

type Endpoint<Request, Vector> = JsonEndpoint<Request, EmbeddingResponse<Vector>>;

/** The endpoint of embeddings, by what their vectors become. */
export interface EmbeddingEndpoints<Request> {
  readonly arrays: Endpoint<Request, number[]>;
  readonly float32: Endpoint<Request, Float32Array>;
  /** As the provider sends them: base64, where that was asked for. */
  readonly asSent: Endpoint<Request, number[] | string>;
}

/** A vector as it travels. */
type WireVector = string | number[];

function isWireVector(value: unknown): value is WireVector {
  return typeof value === 'string' || Array.isArray(value);
}

/** Text has about four characters to a token; what is given as tokens counts as it is. */
function estimateTokens({ input }: WireEmbeddingRequest): number {
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input];
  return Math.ceil(
    inputs.reduce<number>((sum, one) => {
      if (typeof one === 'string') return sum + one.length / CHARACTERS_PER_TOKEN;
      return sum + (Array.isArray(one) ? one.length : 1);
    }, 0),
  );
}

/** Replaces each vector in place: a response is large, and nobody else has seen it. */
function convert<Vector>(
  response: EmbeddingResponse<Vector>,
  call: string,
  toVector: (vector: WireVector) => Vector,
): EmbeddingResponse<Vector> {
  if (!Array.isArray(response.data)) {
    throw new ProtocolError(`${call}: \`data\` in the answer is not a list.`);
  }
  for (const item of response.data) {
    const vector: unknown = item.embedding;
    if (!isWireVector(vector)) {
      throw new ProtocolError(`${call}: input ${item.index} has no vector in the answer.`);
    }
    item.embedding = toVector(vector);
  }
  return response;
}

/** Gathers what an answer tells of itself. */
function collectFacts({ model, usage }: EmbeddingResponse<unknown>, facts: AnswerFacts): void {
  facts.model = model;
  // Some servers report none.
  if (usage !== undefined) facts.usage = { inputTokens: usage.prompt_tokens, outputTokens: 0 };
}

/** The endpoint of a provider whose embeddings have OpenAI's shape. */
export function embeddingEndpoints<Request extends WireEmbeddingRequest>({
  provider,
  path = '/embeddings',
  validate,
  dimensionsOf,
}: EmbeddingEndpointOptions<Request>): EmbeddingEndpoints<Request> {
  const operation = 'embeddings.create';
  const call = `${provider} ${operation}`;
  const describe = (request: Request): RequestFacts => ({
    operation: 'embeddings',
    model: request.model,
    embeddingDimensions: dimensionsOf?.(request),
    encodingFormats: request.encoding_format === undefined ? undefined : [request.encoding_format],
  });
  const asSent = <Vector>(): Endpoint<Request, Vector> => ({
    operation,
    method: 'POST',
    path,
    resultKey: 'data',
    ...(validate === undefined ? {} : { validate }),
    estimateTokens,
    describe,
    collect: collectFacts,
  });
  const converted = <Vector>(
    toVector: (vector: WireVector) => Vector,
  ): Endpoint<Request, Vector> => ({
    ...asSent<Vector>(),
    toResult: (body) => convert(body, call, toVector),
  });
  return {
    // Servers that know no base64 answer with numbers all the same.
    arrays: converted((vector) =>
      typeof vector === 'string' ? toNumbers(decodeFloat32(vector, call)) : vector,
    ),
    float32: converted((vector) =>
      typeof vector === 'string' ? decodeFloat32(vector, call) : Float32Array.from(vector),
    ),
    asSent: asSent(),
  };
}

/**
 * Asks for embeddings. They travel as base64, a third of the size, whatever they become,
 * unless the request says otherwise; where it asks for base64 itself, they stay that.
 */
export function callForEmbeddings<Request extends WireEmbeddingRequest>(
  caller: JsonCaller,
  endpoints: EmbeddingEndpoints<Request>,
  request: Request & { readonly encoding_format?: 'float' | undefined },
  options?: EmbeddingOptions,
): ResponsePromise<WithRequestId<EmbeddingResponse<number[] | Float32Array>>>;
export function callForEmbeddings<Request extends WireEmbeddingRequest>(
  caller: JsonCaller,
  endpoints: EmbeddingEndpoints<Request>,
  request: Request,
  options?: EmbeddingOptions,
): ResponsePromise<WithRequestId<EmbeddingResponse<number[] | Float32Array | string>>>;
export function callForEmbeddings<Request extends WireEmbeddingRequest>(
  caller: JsonCaller,
  { arrays, float32, asSent }: EmbeddingEndpoints<Request>,
  request: Request,
  options: EmbeddingOptions = {},
): ResponsePromise<object> {
  const body = { ...request, encoding_format: request.encoding_format ?? 'base64' };
  if (options.vectors === 'float32') return caller.call(float32, { body }, options);
  if (request.encoding_format === 'base64') return caller.call(asSent, { body }, options);
  return caller.call(arrays, { body }, options);
}
