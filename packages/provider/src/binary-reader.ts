import {
  abortReason,
  ConnectionError,
  type IntegrationError,
  isIntegrationError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
} from '@integrations/errors';
import type { Clock, HttpStreamingResponse } from '@integrations/types';
import type { EventReaderOwner, StreamEnding } from './event-reader.ts';

type Chunk = IteratorResult<Uint8Array, undefined>;

/** What a reader needs to know of its response. */
export interface BinaryReaderOptions {
  readonly response: HttpStreamingResponse;
  readonly clock: Clock;
  /** For messages: `openai files.content`. */
  readonly call: string;
  readonly requestId: string | undefined;
}

/** The bytes that the head promises; those of an encoded body are others. */
function announcedBytes({ headers }: HttpStreamingResponse): number | undefined {
  const length = headers['content-length'];
  return length === undefined || headers['content-encoding'] !== undefined
    ? undefined
    : Number(length);
}

/**
 * Reads the bytes of a response, one call of `next()` at a time, and sees to it that
 * it ends exactly once: whole, with a typed error, or left by its reader.
 */
export class BinaryReader implements AsyncIterator<Uint8Array, undefined> {
  readonly #options: BinaryReaderOptions;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #owner: EventReaderOwner | undefined;
  #bytes = 0;
  #ending: StreamEnding | undefined;
  #error: IntegrationError | undefined;
  #idleTimer: Disposable | undefined;
  /** Calls of `next()` that overlap wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();
  #answer: (() => void) | undefined;

  constructor(options: BinaryReaderOptions) {
    this.#options = options;
    this.#chunks = options.response.body[Symbol.asyncIterator]();
  }

  /** From now on the caller's signal and the idle timeout hold, and the end is told. */
  handOver(owner: EventReaderOwner): void {
    this.#owner = owner;
    if (owner.signal?.aborted) this.#onAbort();
    else owner.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** @throws the typed error that ended the reading, at every call from then on. */
  next(): Promise<Chunk> {
    const turn = this.#turn.then(() => this.#read());
    // Whoever called gets the failure; the next in line is told by its own call.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async return(): Promise<Chunk> {
    this.cancel();
    return { done: true, value: undefined };
  }

  /** The reader leaves: the connection is closed. */
  cancel(): void {
    this.#end('cancelled', undefined);
  }

  /** Waits for the next chunk, or for the end, whatever brings it. */
  #read(): Promise<Chunk> {
    return new Promise((resolve, reject) => {
      const answer = (): void => {
        if (this.#error === undefined) resolve({ done: true, value: undefined });
        else reject(this.#error);
      };
      if (this.#ending !== undefined) {
        answer();
        return;
      }
      this.#answer = answer;
      this.#startIdleTimer();
      this.#chunks.next().then(
        (result) => {
          this.#stopIdleTimer();
          if (this.#ending !== undefined) return;
          if (result.done) this.#meetEnd();
          else resolve(this.#count(result.value));
        },
        (cause: unknown) => this.#end('errored', this.#broken(cause)),
      );
    });
  }

  #count(value: Uint8Array): Chunk {
    this.#bytes += value.byteLength;
    return { done: false, value };
  }

  #meetEnd(): void {
    const announced = announcedBytes(this.#options.response);
    if (announced === undefined || this.#bytes >= announced) this.#end('completed', undefined);
    else this.#end('errored', this.#truncated(announced));
  }

  readonly #onAbort = (): void => {
    const signal = this.#owner?.signal;
    if (signal !== undefined) this.#end('errored', abortReason(signal, this.#options.call));
  };

  #end(ending: StreamEnding, error: IntegrationError | undefined): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#error = error;
    this.#stopIdleTimer();
    this.#owner?.signal?.removeEventListener('abort', this.#onAbort);
    if (ending !== 'completed') this.#options.response.cancel(error);
    this.#answer?.();
    this.#owner?.onEnd(ending, error);
  }

  #stopIdleTimer(): void {
    this.#idleTimer?.[Symbol.dispose]();
    this.#idleTimer = undefined;
  }

  #startIdleTimer(): void {
    const ms = this.#owner?.idleTimeoutMs ?? 0;
    if (ms <= 0 || !Number.isFinite(ms)) return;
    this.#idleTimer = this.#options.clock.schedule(
      () => this.#end('errored', this.#silent(ms)),
      ms,
    );
  }

  get #details(): { status: number; requestId: string | undefined } {
    return { status: this.#options.response.status, requestId: this.#options.requestId };
  }

  #broken(cause: unknown): IntegrationError {
    if (isIntegrationError(cause)) return cause;
    return new ConnectionError(
      `${this.#options.call}: the connection broke after ${this.#bytes} bytes of the answer. Call again if you need all of it.`,
      { ...this.#details, cause },
    );
  }

  #truncated(announced: number): StreamTruncatedError {
    return new StreamTruncatedError(
      `${this.#options.call}: the answer ended after ${this.#bytes} of ${announced} bytes. Call again if you need all of it.`,
      this.#details,
    );
  }

  #silent(ms: number): StreamIdleTimeoutError {
    return new StreamIdleTimeoutError(
      `${this.#options.call}: nothing came for ${ms} ms after ${this.#bytes} bytes of the answer. Raise \`streamIdleTimeout\` if it may take that long.`,
      this.#details,
    );
  }
}
