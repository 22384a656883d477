import { IntegrationError } from '@integrations/errors';
import type { Embedding } from './embedding.ts';

/** A request that failed. */
export interface FailedEmbeddings {
  /** The positions of its inputs. */
  readonly inputs: readonly number[];
  readonly error: IntegrationError;
}

/** How far `createMany` came. */
export interface EmbeddingBatchOutcome {
  readonly failed: readonly FailedEmbeddings[];
  /** Positions of inputs that were not sent, or whose answer was not waited for. */
  readonly unsent: readonly number[];
  readonly succeeded: readonly Embedding<number[] | Float32Array>[];
  /** Tokens of what succeeded. */
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
}

/**
 * Not all inputs have their vectors. Its code, and whether to try again, are those of
 * `cause`, the first failure. What succeeded is kept: call again with the rest.
 */
export class EmbeddingBatchError extends IntegrationError implements EmbeddingBatchOutcome {
  readonly failed: readonly FailedEmbeddings[];
  readonly unsent: readonly number[];
  readonly #succeeded: EmbeddingBatchOutcome['succeeded'];
  readonly usage: EmbeddingBatchOutcome['usage'];

  /** @param call for the message: `acme embeddings.createMany`. */
  constructor(call: string, cause: IntegrationError, outcome: EmbeddingBatchOutcome) {
    const { failed, unsent, succeeded, usage } = outcome;
    const failures = failed.reduce((sum, { inputs }) => sum + inputs.length, 0);
    const total = failures + unsent.length + succeeded.length;
    super(
      cause.code,
      `${call}: ${succeeded.length} of ${total} inputs have vectors, ${failures} failed and ${unsent.length} were left. The first failure: ${cause.message}`,
      cause.retryable,
      {
        cause,
        status: cause.status,
        requestId: cause.requestId,
        retryAfterMs: cause.retryAfterMs,
      },
    );
    this.failed = failed;
    this.unsent = unsent;
    this.#succeeded = succeeded;
    this.usage = usage;
  }

  /** Vectors that are there, in the order of their inputs. Not written to logs. */
  get succeeded(): EmbeddingBatchOutcome['succeeded'] {
    return this.#succeeded;
  }
}
