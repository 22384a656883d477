import { ValidationError } from '@integrations/errors';
import type { Headers, HttpStreamingResponse } from '@integrations/types';
import type { BinaryReader } from './binary-reader.ts';
import { joinChunks } from './join-chunks.ts';

/** The part of a response that is known before its body is read. */
export interface BinaryHead extends Pick<HttpStreamingResponse, 'status' | 'headers' | 'url'> {
  readonly requestId: string | undefined;
}

/**
 * An answer that is a file: its head is there, its bytes are read once, as a whole or
 * as they come. Reading slowly slows the sender down; a connection that breaks, a
 * silence that is too long and an abort make the reading throw a typed error. What is
 * neither read nor cancelled keeps its connection.
 */
export class BinaryResponse implements AsyncIterable<Uint8Array>, AsyncDisposable {
  readonly #head: BinaryHead;
  readonly #reader: BinaryReader;
  #isClaimed = false;

  constructor(head: BinaryHead, reader: BinaryReader) {
    this.#head = head;
    this.#reader = reader;
  }

  get status(): number {
    return this.#head.status;
  }

  get headers(): Headers {
    return this.#head.headers;
  }

  /** Where the answer came from: differs from the request after redirects. */
  get url(): string {
    return this.#head.url;
  }

  /** The provider's id of the request. */
  get requestId(): string | undefined {
    return this.#head.requestId;
  }

  /** The media type, as the server says it. */
  get contentType(): string | undefined {
    return this.#head.headers['content-type'];
  }

  /** Whether the bytes have been asked for, or given up. */
  get bodyUsed(): boolean {
    return this.#isClaimed;
  }

  /** All bytes. @throws the typed error that ended the reading; ValidationError the second time. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) chunks.push(chunk);
    return joinChunks(chunks);
  }

  /** All bytes, as their buffer. @throws as `bytes` does. */
  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  /** All bytes as a blob of the answer's media type. @throws as `bytes` does. */
  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.contentType ?? '' });
  }

  /** All bytes as UTF-8 text. @throws as `bytes` does. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /** The bytes as they come, as a web stream. @throws ValidationError the second time. */
  stream(): ReadableStream<Uint8Array> {
    const chunks = this[Symbol.asyncIterator]();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => this.cancel(),
      },
      // Nothing is read ahead.
      { highWaterMark: 0 },
    );
  }

  /** @throws ValidationError when the bytes have been asked for, or given up, already. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    if (this.#isClaimed) {
      throw new ValidationError(
        'The body of this answer has been read already. It can be read once: keep what it gives, or make the call again.',
        { requestId: this.requestId },
      );
    }
    this.#isClaimed = true;
    return { next: () => this.#reader.next(), return: () => this.#reader.return() };
  }

  /** Gives up what has not been read and closes the connection. Afterwards, and when called again, nothing happens. */
  cancel(): void {
    this.#isClaimed = true;
    this.#reader.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel();
  }
}
