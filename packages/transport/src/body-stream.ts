import { ConfigurationError } from '@integrations/errors';

/** Where a `BodyStream`'s chunks come from. */
export interface BodySource {
  /** More chunks are wanted. May be called while they already flow. */
  resume(): void;
  /** Nobody reads any more: the connection must be closed. */
  close(): void;
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

const DONE: IteratorResult<Uint8Array, undefined> = { done: true, value: undefined };

/**
 * The body of a streaming response, to be iterated once. It keeps what has arrived
 * and was not read, and tells its source when that is enough and when more is wanted.
 */
export class BodyStream implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array, undefined> {
  readonly #source: BodySource;
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #taken = 0;
  #unreadBytes = 0;
  #waiting: Waiting[] = [];
  #iterated = false;
  #ended = false;
  /** Told to the reader once, after the chunks that came before it. */
  #failure: { readonly error: unknown } | undefined;

  /** @param limit unread bytes at which `push` asks its caller to pause. */
  constructor(source: BodySource, limit: number) {
    this.#source = source;
    this.#limit = limit;
  }

  /** Whether a reader waits for a chunk. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** Adds a chunk. False when enough is kept: pause until `resume` is called. */
  push(chunk: Uint8Array): boolean {
    if (this.#ended) return true;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting.resolve({ done: false, value: chunk });
      return true;
    }
    this.#chunks.push(chunk);
    this.#unreadBytes += chunk.byteLength;
    return this.#unreadBytes < this.#limit;
  }

  /** The body is complete. */
  end(): void {
    this.#finish();
  }

  /** The body broke off: what has arrived can still be read, then comes the error. */
  fail(error: unknown): void {
    if (this.#ended) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#failure = { error };
    this.#finish();
    waiting?.reject(error);
  }

  /** Ends the body at once, without what has arrived: with an error, or silently. */
  abandon(failure?: { readonly error: unknown }): void {
    this.#chunks = [];
    this.#taken = 0;
    this.#unreadBytes = 0;
    if (this.#ended) return;
    if (failure === undefined) this.#finish();
    else this.fail(failure.error);
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#chunks[this.#taken];
    if (chunk !== undefined) return Promise.resolve(this.#take(chunk));
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      return Promise.reject(error);
    }
    if (this.#ended) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#source.resume();
    });
  }

  /** Leaves the body: the connection is closed unless the body is complete. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#failure = undefined;
    const wasOpen = !this.#ended;
    this.abandon();
    if (wasOpen) this.#source.close();
    return Promise.resolve(DONE);
  }

  /** @throws ConfigurationError the second time: the chunks are gone. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    if (this.#iterated) {
      throw new ConfigurationError(
        'The body of a streaming response can be iterated once only; keep the chunks if they are needed again.',
      );
    }
    this.#iterated = true;
    return this;
  }

  #take(chunk: Uint8Array): IteratorResult<Uint8Array, undefined> {
    this.#taken += 1;
    this.#unreadBytes -= chunk.byteLength;
    if (this.#taken === this.#chunks.length) {
      this.#chunks = [];
      this.#taken = 0;
    }
    if (!this.#ended && this.#unreadBytes < this.#limit) this.#source.resume();
    return { done: false, value: chunk };
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const reader of waiting) reader.resolve(DONE);
  }
}
