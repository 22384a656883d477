import {
  AbortedError,
  type IntegrationError,
  isIntegrationError,
  SerializationError,
  ValidationError,
} from '@integrations/errors';
import type { HttpRequestBody, HttpStreamingBody } from '@integrations/types';

type Chunk = IteratorResult<Uint8Array, undefined>;

/** Whether a body is made while it is sent. */
export function isStreamingBody(body: HttpRequestBody | undefined): body is HttpStreamingBody {
  return typeof body === 'object' && !(body instanceof Uint8Array);
}

/** Why a body cannot be read from its source. */
function sourceFailure(cause: unknown, call: string): IntegrationError {
  if (isIntegrationError(cause)) return cause;
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new SerializationError(
    `${call}: the request's body could not be read from its source (${problem}), so the request was given up.`,
    { cause },
  );
}

/**
 * A streaming body on its way over one connection: asked for chunk by chunk, held to
 * its size, and stopped at any point, also while its source makes it wait.
 */
export class Upload implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array, undefined> {
  readonly #body: HttpStreamingBody;
  readonly #call: string;
  #source: AsyncIterator<Uint8Array> | undefined;
  #bytes = 0;
  #isComplete = false;
  #failure: IntegrationError | undefined;
  #closed: IntegrationError | undefined;
  #reject: ((error: IntegrationError) => void) | undefined;

  constructor(body: HttpStreamingBody, call: string) {
    this.#body = body;
    this.#call = call;
  }

  /** Whether everything was taken, to the last byte. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** What is wrong with the body itself; undefined as long as nothing is. */
  get failure(): IntegrationError | undefined {
    return this.#failure;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Chunk> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) {
        reject(this.#closed);
        return;
      }
      this.#reject = reject;
      this.#pull().then(resolve, (cause: unknown) => {
        // A source that was left may say so by an error.
        const error = this.#closed ?? sourceFailure(cause, this.#call);
        if (this.#closed === undefined) this.#failure = error;
        this.close();
        reject(error);
      });
    });
  }

  async return(): Promise<Chunk> {
    this.close();
    return { done: true, value: undefined };
  }

  /** Nobody takes any more: the source is given up. */
  close(): void {
    if (this.#isComplete || this.#closed !== undefined) return;
    this.#closed =
      this.#failure ?? new AbortedError(`${this.#call}: the request was stopped as it was sent.`);
    // The request is over; a source that cannot be closed adds nothing to how it ended.
    this.#source?.return?.()?.catch(() => undefined);
    this.#reject?.(this.#closed);
  }

  async #pull(): Promise<Chunk> {
    this.#source ??= this.#body.stream()[Symbol.asyncIterator]();
    const result = await this.#source.next();
    if (result.done) {
      if (this.#bytes !== (this.#body.size ?? this.#bytes)) throw this.#wrongSize();
      this.#isComplete = true;
      return { done: true, value: undefined };
    }
    this.#count(result.value);
    return { done: false, value: result.value };
  }

  #count(chunk: unknown): void {
    if (!(chunk instanceof Uint8Array)) {
      throw new ValidationError(
        `${this.#call}: the request's body gave a chunk that is no Uint8Array, so the request was given up.`,
      );
    }
    this.#bytes += chunk.byteLength;
    if (this.#bytes > (this.#body.size ?? Infinity)) throw this.#wrongSize();
  }

  #wrongSize(): ValidationError {
    const size = this.#body.size ?? 0;
    const problem = this.#bytes > size ? 'more bytes' : `${this.#bytes} bytes, less`;
    return new ValidationError(
      `${this.#call}: the request's body gave ${problem} than its size of ${size}, so the request was given up. Was the file changed?`,
    );
  }
}
