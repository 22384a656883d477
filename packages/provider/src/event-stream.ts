import { AbortedError, ValidationError } from '@integrations/errors';
import type { Headers } from '@integrations/types';
import type { EventReader, StreamState } from './event-reader.ts';
import type { TokenUsage } from './token-usage.ts';

/**
 * The events of a streamed answer, to be read once with `for await`. Leaving the
 * loop closes the connection; an abort, a silence that is too long, an error event
 * or an end without the protocol's end mark makes the loop throw a typed error. A
 * stream that is neither read nor cancelled keeps its connection.
 */
export class EventStream<Item> implements AsyncIterable<Item>, AsyncDisposable {
  readonly #reader: EventReader<Item>;
  #claimed = false;

  /** @param onItem sees every item before its reader does; what it throws ends the stream. */
  constructor(reader: EventReader<Item>, onItem?: (item: Item) => void) {
    this.#reader = reader;
    if (onItem !== undefined) reader.tap(onItem);
  }

  /** Where the stream stands. */
  get state(): StreamState {
    return this.#reader.state;
  }

  /** The provider's id of the request. */
  get requestId(): string | undefined {
    return this.#reader.requestId;
  }

  /** Status of the response. */
  get status(): number {
    return this.#reader.head.status;
  }

  /** Headers of the response. */
  get headers(): Headers {
    return this.#reader.head.headers;
  }

  /** The tokens used, once the provider has reported them; undefined if it never does. */
  get tokenUsage(): TokenUsage | undefined {
    return this.#reader.usage;
  }

  /** @throws ValidationError when the stream has been read, or is being read, already. */
  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    if (this.#claimed) {
      throw new ValidationError(
        'This stream has been read already. A stream can be read once: keep what it gives, or make the call again.',
      );
    }
    this.#claimed = true;
    return { next: () => this.#reader.next(), return: () => this.#leave() };
  }

  /**
   * The items as a web stream, each as JSON on a line of its own: for a browser, as the body
   * of a response. Takes the place of reading them here; what ends the stream ends it too.
   *
   * @throws ValidationError when the stream has been read, or is being read, already.
   */
  toReadableStream(): ReadableStream<Uint8Array> {
    const items = this[Symbol.asyncIterator]();
    const encoder = new TextEncoder();
    return new ReadableStream({
      pull: async (controller) => {
        const { done, value } = await items.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      },
      cancel: () => this.cancel(),
    });
  }

  /** Stops reading and closes the connection. Afterwards, and when called again, nothing happens. */
  cancel(): void {
    this.#claimed = true;
    this.#reader.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel();
  }

  /**
   * Resolves when the stream has ended whole. Reads it to its end where nobody does.
   *
   * @throws the error that ended the stream; AbortedError when its reader left early.
   */
  protected async finished(): Promise<void> {
    if (this.#claimed) await this.#reader.whenOver();
    else await this.#readToEnd();
    if (this.#reader.error !== undefined) throw this.#reader.error;
    if (this.#reader.state === 'completed') return;
    throw new AbortedError('The stream was left before its end, so there is no complete answer.', {
      requestId: this.requestId,
    });
  }

  async #readToEnd(): Promise<void> {
    const items = this[Symbol.asyncIterator]();
    while (!(await items.next()).done);
  }

  async #leave(): Promise<IteratorResult<Item, undefined>> {
    this.cancel();
    return { done: true, value: undefined };
  }
}
