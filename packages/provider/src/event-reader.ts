import { abortReason, type IntegrationError } from '@integrations/errors';
import { type ServerSentEvent, ServerSentEventParser } from '@integrations/transport';
import type { Clock, HttpStreamingResponse } from '@integrations/types';
import { drain } from './drain.ts';
import type { AnswerFacts } from './call-facts.ts';
import { type DecodedEvent, STREAM_END, STREAM_SKIP } from './endpoint.ts';
import {
  broken,
  empty,
  isOfHalfAnEvent,
  silent,
  type StreamPlace,
  truncated,
  unreadable,
} from './stream-errors.ts';
import type { TokenUsage } from './token-usage.ts';

/** How the reading of a stream ended. */
export type StreamEnding = 'completed' | 'cancelled' | 'errored';

/** Where a stream stands: not begun, being read, or ended in one of three ways. */
export type StreamState = 'created' | 'reading' | StreamEnding;

/** What a reader needs to know of its stream. */
export interface EventReaderOptions<Item> {
  readonly response: HttpStreamingResponse;
  readonly decode: (event: ServerSentEvent) => DecodedEvent<Item>;
  /** Whether an item is the last, and with which error the stream ends then. */
  readonly endOf?: ((item: Item) => typeof STREAM_END | IntegrationError | undefined) | undefined;
  /** Sees every item as it comes, and may note what it tells of the answer. */
  readonly observe?: (item: Item, facts: AnswerFacts) => void;
  /** Whether the stream may end without a mark. @default false */
  readonly endsUnmarked?: boolean;
  readonly clock: Clock;
  /** For messages: `openai chat.create`. */
  readonly call: string;
  readonly requestId: string | undefined;
}

/** What counts from the moment that the caller has the stream. */
export interface EventReaderOwner {
  /** Longest silence between events, in milliseconds; 0 or Infinity for no limit. */
  readonly idleTimeoutMs: number;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  /** Called once, when nothing more will come. */
  readonly onEnd: (ending: StreamEnding, error: IntegrationError | undefined) => void;
}

/** A call of `next()` that has no answer yet. */
interface Waiter<Item> {
  readonly resolve: (result: IteratorResult<Item, undefined>) => void;
  readonly reject: (error: IntegrationError) => void;
}

/**
 * Turns the chunks of a response into items, one call of `next()` at a time, and
 * sees to it that the stream ends exactly once: whole, with a typed error, or left
 * by its reader. Nothing is read ahead beyond the chunk that the items came in.
 */
export class EventReader<Item> {
  /** What the items that have come tell of the answer. */
  readonly facts: AnswerFacts = {};
  readonly #options: EventReaderOptions<Item>;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #parser = new ServerSentEventParser();
  #items: Item[] = [];
  #taken = 0;
  #events = 0;
  #state: StreamState = 'created';
  #error: IntegrationError | undefined;
  /** The end as it was met in the chunk; it takes effect once the items before it are taken. */
  #met: { readonly error: IntegrationError | undefined } | undefined;
  /** In the order of their calls; while there are any, a chunk is being read. */
  readonly #waiting: Waiter<Item>[] = [];
  #onItem: ((item: Item) => void) | undefined;
  #onNews: (() => void) | undefined;
  #onOver: (() => void) | undefined;
  #over: Promise<void> | undefined;
  #idleTimer: Disposable | undefined;
  #owner: EventReaderOwner | undefined;

  constructor(options: EventReaderOptions<Item>) {
    this.#options = options;
    this.#chunks = options.response.body[Symbol.asyncIterator]();
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Items decoded so far. */
  get events(): number {
    return this.#events;
  }

  /** Status, headers and address of the response. */
  get head(): Pick<HttpStreamingResponse, 'status' | 'headers' | 'url'> {
    const { status, headers, url } = this.#options.response;
    return { status, headers, url };
  }

  /** The usage that was reported last, if any was. */
  get usage(): TokenUsage | undefined {
    return this.facts.usage;
  }

  get requestId(): string | undefined {
    return this.#options.requestId;
  }

  get error(): IntegrationError | undefined {
    return this.#error;
  }

  /**
   * Waits for the first item, without taking it. The attempt ends here: what fails
   * before this point may be tried again. Its signal, which the transport heeds,
   * is all that limits the wait.
   */
  async waitForFirst(): Promise<void> {
    if (!this.#hasNews()) {
      await new Promise<void>((resolve) => {
        this.#onNews = resolve;
        this.#readChunk();
      });
    }
    if (this.#taken < this.#items.length) return;
    const error = this.#met?.error ?? empty(this.#place());
    this.#options.response.cancel(error);
    throw error;
  }

  /** Hands the stream to its caller: from now on its idle timeout and signal hold. */
  handOver(owner: EventReaderOwner): void {
    this.#owner = owner;
    if (owner.signal?.aborted) this.#onAbort();
    else owner.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /**
   * The next item; `done` after the last. Calls that overlap are answered in their order.
   *
   * @throws the typed error that ended the stream, at every call from then on.
   */
  next(): Promise<IteratorResult<Item, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length > 1) return;
      if (this.#hasNews()) this.#answer();
      else this.#read();
    });
  }

  /** Resolves when nothing more will come, however the stream ended. */
  whenOver(): Promise<void> {
    this.#over ??= new Promise((resolve) => {
      if (this.#isOver()) resolve();
      else this.#onOver = resolve;
    });
    return this.#over;
  }

  /** Shows every item to `onItem` before the call of `next()` that gets it. What it throws ends the stream. */
  tap(onItem: (item: Item) => void): void {
    this.#onItem = onItem;
  }

  /** Ends the stream with a typed error: what was to be done with it failed. */
  fail(cause: unknown): void {
    this.#stop(unreadable(this.#place(), cause));
  }

  /** The reader leaves: the connection is closed, and what was not read is dropped. */
  cancel(): void {
    if (!this.#isOver()) this.#end('cancelled', undefined);
  }

  readonly #onAbort = (): void => {
    const signal = this.#owner?.signal;
    if (signal !== undefined) this.#stop(abortReason(signal, this.#options.call));
  };

  #isOver(): boolean {
    return this.#state !== 'created' && this.#state !== 'reading';
  }

  /** Whether `next()` can answer without waiting. */
  #hasNews(): boolean {
    return this.#taken < this.#items.length || this.#met !== undefined || this.#isOver();
  }

  /** The next item that has come; undefined where there is none, or the stream is over. */
  #take(): { readonly value: Item } | undefined {
    if (this.#taken === this.#items.length) return undefined;
    const value = this.#items[this.#taken] as Item;
    this.#state = 'reading';
    this.#taken += 1;
    if (this.#taken === this.#items.length) {
      this.#items = [];
      this.#taken = 0;
    }
    try {
      this.#onItem?.(value);
    } catch (cause) {
      this.fail(cause);
    }
    return this.#isOver() ? undefined : { value };
  }

  /** All items before the end have been taken: the end takes effect. */
  #settle(): void {
    if (this.#met === undefined || this.#isOver()) return;
    const { error } = this.#met;
    this.#end(error === undefined ? 'completed' : 'errored', error);
  }

  /** The stream is over at once, whatever was still to be read. */
  #stop(error: IntegrationError): void {
    if (!this.#isOver()) this.#end('errored', error);
  }

  #end(ending: StreamEnding, error: IntegrationError | undefined): void {
    this.#state = ending;
    this.#error = error;
    this.#items = [];
    this.#taken = 0;
    this.#stopIdleTimer();
    this.#owner?.signal?.removeEventListener('abort', this.#onAbort);
    if (ending === 'completed') drain(this.#chunks, this.#options.response, this.#options.clock);
    else this.#options.response.cancel(error);
    this.#answer();
    this.#onOver?.();
    this.#owner?.onEnd(ending, error);
  }

  /** Reads chunks until there is something to say. Silence counts while somebody waits. */
  #read(): void {
    this.#startIdleTimer();
    this.#readChunk();
  }

  /** Answers those who wait, as far as what has come goes. */
  #answer(): void {
    while (this.#waiting.length > 0 && this.#hasNews()) {
      const item = this.#take();
      // The end answers everybody who still waits, this one included.
      if (item === undefined) this.#settle();
      const waiter = this.#waiting.shift();
      if (waiter === undefined) return;
      if (item !== undefined) waiter.resolve({ done: false, value: item.value });
      else if (this.#error !== undefined) waiter.reject(this.#error);
      else waiter.resolve({ done: true, value: undefined });
    }
  }

  #announce(): void {
    this.#stopIdleTimer();
    this.#onNews?.();
    this.#onNews = undefined;
    this.#answer();
    if (this.#waiting.length > 0) this.#read();
  }

  #readChunk(): void {
    this.#chunks.next().then(
      (result) => this.#onChunk(result),
      (error: unknown) => this.#onBroken(error),
    );
  }

  #onChunk(result: IteratorResult<Uint8Array>): void {
    if (this.#isOver()) return;
    if (result.done) this.#meetSourceEnd();
    else this.#decodeAll(() => this.#parser.push(result.value));
    if (this.#hasNews()) this.#announce();
    else this.#readChunk();
  }

  #onBroken(cause: unknown): void {
    if (this.#isOver()) return;
    this.#met = { error: broken(this.#place(), cause) };
    this.#announce();
  }

  #decodeAll(parse: () => readonly ServerSentEvent[]): void {
    try {
      for (const event of parse()) {
        if (this.#met !== undefined) return;
        this.#decode(event);
      }
    } catch (error) {
      this.#met ??= { error: unreadable(this.#place(), error) };
    }
  }

  #decode(event: ServerSentEvent): void {
    const decoded = this.#options.decode(event);
    if (decoded === STREAM_END) this.#met = { error: undefined };
    else if (decoded !== STREAM_SKIP) {
      this.#items.push(decoded);
      this.#events += 1;
      this.#options.observe?.(decoded, this.facts);
      const end = this.#options.endOf?.(decoded);
      if (end !== undefined) this.#met = { error: end === STREAM_END ? undefined : end };
    }
  }

  /** The connection ended: that is only right after the protocol's own end mark. */
  #meetSourceEnd(): void {
    this.#decodeAll(() => this.#parser.end());
    if (this.#options.endsUnmarked) this.#met ??= { error: undefined };
    const error = this.#met?.error;
    if (this.#met === undefined || isOfHalfAnEvent(error)) {
      this.#met = { error: truncated(this.#place(), error) };
    }
  }

  #place(): StreamPlace {
    const { call, requestId, response } = this.#options;
    return { call, requestId, status: response.status, events: this.#events };
  }

  #stopIdleTimer(): void {
    this.#idleTimer?.[Symbol.dispose]();
    this.#idleTimer = undefined;
  }

  #startIdleTimer(): void {
    const ms = this.#owner?.idleTimeoutMs ?? 0;
    if (ms <= 0 || !Number.isFinite(ms)) return;
    this.#idleTimer = this.#options.clock.schedule(() => this.#stop(silent(this.#place(), ms)), ms);
  }
}
