import {
  type IntegrationError,
  isIntegrationError,
  ValidationError,
  type ValidationIssue,
  wholeOption,
} from '@integrations/errors';
import { mapConcurrent } from '@integrations/rate-limits';
import type { CallOptions } from '../call-options.ts';
import type { Embedding, EmbeddingInput, EmbeddingResponse } from './embedding.ts';
import { type EmbeddingBatch, type EmbeddingLimits, toBatches } from './embedding-batch.ts';
import { EmbeddingBatchError, type FailedEmbeddings } from './embedding-batch-error.ts';
import { VectorCheck } from './embedding-vectors.ts';
import { fewestTokens, pessimisticTokens } from './token-estimate.ts';

/** How far a `createMany` has come. */
export interface EmbeddingProgress {
  /** Inputs that have their vectors. */
  readonly completed: number;
  /** All inputs. */
  readonly total: number;
}

/** What every `createMany` may set. A key against repetition would make all answers the first one. */
export interface EmbedManyOptions extends Omit<CallOptions, 'idempotencyKey'> {
  readonly model: string;
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

/** How the inputs of one request get their vectors, and what an API takes. */
export interface EmbeddingWork<Vector> {
  /** For messages: `acme embeddings.createMany`. */
  readonly call: string;
  readonly limits: EmbeddingLimits;
  /** The length of vectors that was asked for. @default that of the first */
  readonly dimensions?: number | undefined;
  /** Makes one request. */
  readonly embed: (
    inputs: readonly EmbeddingInput[],
    options: CallOptions,
  ) => PromiseLike<EmbeddingResponse<Vector>>;
}

type Vector = number[] | Float32Array;

function positionsOf({ first, inputs }: EmbeddingBatch): number[] {
  return inputs.map((_, at) => first + at);
}

/** What of the options one call takes. */
function callOptionsIn(options: EmbedManyOptions): CallOptions {
  const {
    model: _model,
    vectors: _vectors,
    concurrency: _concurrency,
    onProgress: _onProgress,
    countTokens: _countTokens,
    ...call
  } = options;
  return call;
}

/** One run over some inputs. */
class BulkEmbedding {
  readonly #inputs: readonly EmbeddingInput[];
  readonly #options: EmbedManyOptions;
  readonly #work: EmbeddingWork<Vector>;
  readonly #check: VectorCheck<Vector>;
  readonly #embeddings: Embedding<Vector>[] = [];
  readonly #failed: FailedEmbeddings[] = [];
  readonly #settled = new Set<EmbeddingBatch>();
  readonly #usage = { prompt_tokens: 0, total_tokens: 0 };
  #completed = 0;
  #model: string;

  constructor(
    inputs: readonly EmbeddingInput[],
    options: EmbedManyOptions,
    work: EmbeddingWork<Vector>,
  ) {
    this.#inputs = inputs;
    this.#options = options;
    this.#work = work;
    this.#check = new VectorCheck(work.call, work.dimensions);
    this.#model = options.model;
  }

  async run(): Promise<EmbeddingResponse<Vector>> {
    const { countTokens, concurrency = 4, signal } = this.#options;
    this.#checkInputs(countTokens ?? fewestTokens);
    const batches = toBatches(this.#inputs, this.#work.limits, countTokens ?? pessimisticTokens);
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

  /** @throws ValidationError that names every input that cannot be sent. */
  #checkInputs(leastTokens: (input: EmbeddingInput) => number): void {
    const issues = this.#inputs
      .map((input, at) => this.#issueWith(input, at, leastTokens(input)))
      .filter((issue) => issue !== undefined);
    if (issues.length === 0) return;
    const list = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new ValidationError(`${this.#work.call}: nothing was sent. ${list}.`, { issues });
  }

  #issueWith(input: EmbeddingInput, at: number, leastTokens: number): ValidationIssue | undefined {
    const most = this.#work.limits.inputTokens;
    const path = `[${at}]`;
    if (input.length === 0) return { path, message: 'must not be empty' };
    if (leastTokens <= most) return undefined;
    const message = `has ${leastTokens} tokens or more; the API takes ${most}: cut it into parts`;
    return { path, message };
  }

  /** A failure lets the requests that are under way finish, for they are paid for. */
  async #send(batch: EmbeddingBatch, signal: AbortSignal): Promise<void> {
    if (this.#failed.length > 0) return;
    try {
      const options = { ...callOptionsIn(this.#options), signal };
      this.#keep(batch, await this.#work.embed(batch.inputs, options));
    } catch (error) {
      if (signal.aborted || !isIntegrationError(error)) throw error;
      this.#settled.add(batch);
      this.#failed.push({ inputs: positionsOf(batch), error });
      return;
    }
    this.#options.onProgress?.({ completed: this.#completed, total: this.#inputs.length });
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
    return new EmbeddingBatchError(this.#work.call, cause, {
      failed: this.#failed,
      unsent: batches.filter((batch) => !this.#settled.has(batch)).flatMap(positionsOf),
      // Those that are missing are holes, which filtering leaves out.
      succeeded: this.#embeddings.filter(() => true),
      usage: this.#usage,
    });
  }
}

/**
 * The vectors of any number of inputs, in their order, by as many requests as the API's
 * limits make necessary.
 *
 * @throws ValidationError that names the inputs that are empty or too long; nothing was sent.
 * @throws EmbeddingBatchError when a request failed, or the signal aborted: it keeps what
 *   succeeded. After a failure no further request is begun.
 */
export function embedMany(
  inputs: readonly EmbeddingInput[],
  options: EmbedManyOptions,
  work: EmbeddingWork<Vector>,
): Promise<EmbeddingResponse<Vector>> {
  return new BulkEmbedding(inputs, options, work).run();
}
