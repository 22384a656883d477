import {
  isIntegrationError,
  ValidationError,
  type ValidationIssue,
  type IntegrationError,
  wholeOption,
} from '@integrations/errors';
import type { CallOptions } from '@integrations/provider';
import { mapConcurrent } from '@integrations/rate-limits';
import type { Embedding, EmbeddingRequest, EmbeddingResponse } from './embedding.ts';
import { type EmbeddingBatch, toBatches } from './embedding-batch.ts';
import { EmbeddingBatchError, type FailedEmbeddings } from './embedding-batch-error.ts';
import { VectorCheck } from './embedding-vectors.ts';
import { type EmbeddingInput, fewestTokens, pessimisticTokens } from './token-estimate.ts';

const CALL = 'openai embeddings.createMany';

/** The API's limit on the tokens of one input. */
const MOST_TOKENS_PER_INPUT = 8192;

/** How far a `createMany` has come. */
export interface EmbeddingProgress {
  /** Inputs that have their vectors. */
  readonly completed: number;
  /** All inputs. */
  readonly total: number;
}

/** What `createMany` may set. A key against repetition would make all answers the first one. */
export interface CreateManyOptions extends Omit<CallOptions, 'idempotencyKey'> {
  readonly model: string;
  /** Length of the vectors, for models that can shorten them. @default the model's own */
  readonly dimensions?: number | undefined;
  readonly user?: string | undefined;
  /** What vectors arrive as. @default 'array' */
  readonly vectors?: 'array' | 'float32' | undefined;
  /** Requests at a time. @default 4 */
  readonly concurrency?: number | undefined;
  /** Called after each request that succeeded. What it throws ends the work. @default none */
  readonly onProgress?: ((progress: EmbeddingProgress) => void) | undefined;
  /**
   * The tokens of an input, for requests as large as the API takes them, and inputs that are
   * too long found before anything is sent.
   *
   * @default an estimate by characters: one token for every two of ASCII, two for each
   *   other; an input counts as too long when it has more than eight characters a token
   */
  readonly countTokens?: ((input: EmbeddingInput) => number) | undefined;
}

type Vector = number[] | Float32Array;

/** Makes one request. */
export type CreateEmbeddings = (
  request: EmbeddingRequest,
  options: CallOptions,
) => PromiseLike<EmbeddingResponse<Vector>>;

function issueWith(
  input: EmbeddingInput,
  at: number,
  leastTokens: number,
): ValidationIssue | undefined {
  const path = `[${at}]`;
  if (input.length === 0) return { path, message: 'must not be empty' };
  if (leastTokens <= MOST_TOKENS_PER_INPUT) return undefined;
  return {
    path,
    message: `has ${leastTokens} tokens or more; the API takes ${MOST_TOKENS_PER_INPUT}: cut it into parts`,
  };
}

/** @throws ValidationError that names every input that cannot be sent. */
function checkInputs(
  inputs: readonly EmbeddingInput[],
  leastTokens: (input: EmbeddingInput) => number,
): void {
  const issues = inputs
    .map((input, at) => issueWith(input, at, leastTokens(input)))
    .filter((issue) => issue !== undefined);
  if (issues.length === 0) return;
  const list = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ValidationError(`${CALL}: nothing was sent. ${list}.`, { issues });
}

function positionsOf({ first, inputs }: EmbeddingBatch): number[] {
  return inputs.map((_, at) => first + at);
}

/** One run over some inputs. */
class BulkEmbedding {
  readonly #inputs: readonly EmbeddingInput[];
  readonly #options: CreateManyOptions;
  readonly #create: CreateEmbeddings;
  readonly #check: VectorCheck<Vector>;
  readonly #embeddings: Embedding<Vector>[] = [];
  readonly #failed: FailedEmbeddings[] = [];
  readonly #settled = new Set<EmbeddingBatch>();
  readonly #usage = { prompt_tokens: 0, total_tokens: 0 };
  #completed = 0;
  #model: string;

  constructor(
    inputs: readonly EmbeddingInput[],
    options: CreateManyOptions,
    create: CreateEmbeddings,
  ) {
    this.#inputs = inputs;
    this.#options = options;
    this.#create = create;
    this.#check = new VectorCheck(options.dimensions);
    this.#model = options.model;
  }

  async run(): Promise<EmbeddingResponse<Vector>> {
    const { countTokens, concurrency = 4, signal } = this.#options;
    checkInputs(this.#inputs, countTokens ?? fewestTokens);
    const batches = toBatches(this.#inputs, countTokens ?? pessimisticTokens);
    const limit = wholeOption('concurrency', concurrency, { least: 1 });
    try {
      await mapConcurrent(
        batches,
        limit,
        (batch, context) => this.#send(batch, context.signal),
        signal === undefined ? {} : { signal },
      );
    } catch (error) {
      throw isIntegrationError(error) ? this.#failure(error, batches) : error;
    }
    const [first] = this.#failed;
    if (first !== undefined) throw this.#failure(first.error, batches);
    const data = this.#embeddings;
    return { object: 'list', data, model: this.#model, usage: this.#usage };
  }

  /** A failure lets the requests that are under way finish, for they are paid for. */
  async #send(batch: EmbeddingBatch, signal: AbortSignal): Promise<void> {
    if (this.#failed.length > 0) return;
    try {
      this.#keep(batch, await this.#request(batch, signal));
    } catch (error) {
      if (signal.aborted || !isIntegrationError(error)) throw error;
      this.#settled.add(batch);
      this.#failed.push({ inputs: positionsOf(batch), error });
      return;
    }
    this.#options.onProgress?.({ completed: this.#completed, total: this.#inputs.length });
  }

  #request(
    { inputs }: EmbeddingBatch,
    signal: AbortSignal,
  ): PromiseLike<EmbeddingResponse<Vector>> {
    const {
      model,
      dimensions,
      user,
      vectors: _vectors,
      concurrency: _concurrency,
      onProgress: _onProgress,
      countTokens: _countTokens,
      ...options
    } = this.#options;
    const request = {
      model,
      input: inputs as EmbeddingRequest['input'],
      ...(dimensions === undefined ? {} : { dimensions }),
      ...(user === undefined ? {} : { user }),
    };
    return this.#create(request, { ...options, signal });
  }

  #keep(batch: EmbeddingBatch, { data, model, usage }: EmbeddingResponse<Vector>): void {
    const placed = this.#check.place(data, batch.first, batch.inputs.length);
    for (const embedding of placed) this.#embeddings[embedding.index] = embedding;
    this.#settled.add(batch);
    this.#completed += placed.length;
    this.#model = model;
    // Some servers report none.
    this.#usage.prompt_tokens += usage?.prompt_tokens ?? 0;
    this.#usage.total_tokens += usage?.total_tokens ?? 0;
  }

  #failure(cause: IntegrationError, batches: readonly EmbeddingBatch[]): EmbeddingBatchError {
    return new EmbeddingBatchError(cause, {
      failed: this.#failed,
      unsent: batches.filter((batch) => !this.#settled.has(batch)).flatMap(positionsOf),
      // Those that are missing are holes, which filtering leaves out.
      succeeded: this.#embeddings.filter(() => true),
      usage: this.#usage,
    });
  }
}

/** The vectors of many inputs, by as many requests as it takes. */
export function createMany(
  inputs: readonly EmbeddingInput[],
  options: CreateManyOptions,
  create: CreateEmbeddings,
): Promise<EmbeddingResponse<Vector>> {
  return new BulkEmbedding(inputs, options, create).run();
}
