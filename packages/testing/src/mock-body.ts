const encoder = new TextEncoder();

/** A piece of a streamed body; an error breaks the stream at its place. */
export type MockChunk = string | Uint8Array | Error;

/** What a mock body does. */
export interface MockBodyOptions {
  readonly chunks: readonly MockChunk[];
  /** Whether the body stays open after its last chunk, until it is cancelled. */
  readonly stayOpen: boolean;
  /** Called once, however the body ends. */
  readonly onClose: () => void;
}

/** A streamed body, to be iterated once. */
export class MockBody implements AsyncIterable<Uint8Array> {
  readonly #options: MockBodyOptions;
  readonly #cancelled = new AbortController();
  #endsQuietly = false;
  #isClosed = false;
  #isTaken = false;

  constructor(options: MockBodyOptions) {
    this.#options = options;
  }

  /** Ends the iteration, throwing the reason where there is one. Does nothing after the end. */
  cancel(reason?: unknown): void {
    if (this.#isClosed) return;
    this.#endsQuietly = reason === undefined;
    this.#close();
    this.#cancelled.abort(reason);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    if (this.#isTaken) throw new TypeError('a response body can be iterated once');
    this.#isTaken = true;
    try {
      for (const chunk of this.#options.chunks) {
        if (this.#isCancelled()) return;
        if (chunk instanceof Error) throw chunk;
        yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
      }
      if (this.#options.stayOpen) await this.#cancellation();
      this.#isCancelled();
    } finally {
      this.#close();
    }
  }

  /** @throws the reason that the body was cancelled for. */
  #isCancelled(): boolean {
    const { signal } = this.#cancelled;
    if (!this.#endsQuietly) signal.throwIfAborted();
    return signal.aborted;
  }

  #cancellation(): Promise<void> {
    const { signal } = this.#cancelled;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.onClose();
  }
}
