import { abortReason, ConfigurationError } from '@integrations/errors';
import {
  type ServerSentEvent,
  ServerSentEventParser,
  type ServerSentEventParserOptions,
} from './server-sent-event-parser.ts';

/** Settings of `parseServerSentEvents`. */
export interface ServerSentEventsOptions extends ServerSentEventParserOptions {
  /** Ends the reading: the source is closed, and the reader gets the typed error. */
  readonly signal?: AbortSignal | undefined;
}

type Result = IteratorResult<ServerSentEvent, undefined>;

const DONE: Result = { done: true, value: undefined };

class ServerSentEvents
  implements AsyncIterable<ServerSentEvent>, AsyncIterator<ServerSentEvent, undefined>
{
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #parser: ServerSentEventParser;
  readonly #signal: AbortSignal | undefined;
  #events: ServerSentEvent[] = [];
  #taken = 0;
  #isOver = false;
  #isIterated = false;
  #failure: { readonly error: unknown } | undefined;
  /** Settles when there is news; callers of `next` share it. */
  #pulling: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(source: AsyncIterable<Uint8Array>, options: ServerSentEventsOptions) {
    this.#source = source[Symbol.asyncIterator]();
    this.#parser = new ServerSentEventParser(options);
    this.#signal = options.signal;
    if (this.#signal?.aborted) this.handleEvent();
    else this.#signal?.addEventListener('abort', this);
  }

  /** @throws ConfigurationError the second time: the events are gone. */
  [Symbol.asyncIterator](): AsyncIterator<ServerSentEvent, undefined> {
    if (this.#isIterated) {
      throw new ConfigurationError(
        'A stream of events can be iterated once only; keep the events if they are needed again.',
      );
    }
    this.#isIterated = true;
    return this;
  }

  next(): Promise<Result> {
    const event = this.#events[this.#taken];
    if (event !== undefined) {
      this.#taken += 1;
      return Promise.resolve({ done: false, value: event });
    }
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      return Promise.reject(error);
    }
    if (this.#isOver) return Promise.resolve(DONE);
    return this.#pull().then(() => this.next());
  }

  async return(): Promise<Result> {
    this.#events = [];
    this.#failure = undefined;
    if (!this.#isOver) {
      this.#finish();
      await this.#source.return?.();
    }
    return DONE;
  }

  /** The signal was aborted: what has been parsed is of no interest. */
  handleEvent(): void {
    if (this.#isOver || this.#signal === undefined) return;
    this.#events = [];
    this.#failure = { error: abortReason(this.#signal, 'Reading the stream') };
    this.#finish();
    // The reader already has its error; a source that cannot be closed adds nothing to it.
    this.#source.return?.().catch(() => undefined);
  }

  #pull(): Promise<void> {
    this.#pulling ??= new Promise((resolve) => {
      this.#wake = resolve;
      this.#read();
    });
    return this.#pulling;
  }

  #read(): void {
    this.#source.next().then(
      (result) => this.#receive(result),
      (error: unknown) => this.#fail(error),
    );
  }

  #receive(result: IteratorResult<Uint8Array>): void {
    if (this.#isOver) return;
    try {
      this.#events = result.done ? this.#parser.end() : this.#parser.push(result.value);
    } catch (error) {
      this.#fail(error);
      this.#source.return?.().catch(() => undefined);
      return;
    }
    this.#taken = 0;
    if (result.done) this.#finish();
    else if (this.#events.length > 0) this.#wakeReaders();
    else this.#read();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#failure = { error };
    this.#finish();
  }

  #finish(): void {
    this.#isOver = true;
    this.#signal?.removeEventListener('abort', this);
    this.#wakeReaders();
  }

  #wakeReaders(): void {
    this.#pulling = undefined;
    this.#wake?.();
    this.#wake = undefined;
  }
}

/**
 * Reads server-sent events from the chunks of a body, to be iterated once. Leaving
 * the loop closes the source; the source's own failure rejects the reading.
 *
 * @throws ResponseTooLargeError, while reading, when an event is longer than `maxEventBytes`.
 * @throws AbortedError, or the signal's own typed reason, while reading, when it is aborted.
 */
export function parseServerSentEvents(
  source: AsyncIterable<Uint8Array>,
  options: ServerSentEventsOptions = {},
): AsyncIterable<ServerSentEvent> {
  return new ServerSentEvents(source, options);
}
