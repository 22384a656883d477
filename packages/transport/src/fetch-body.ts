import { type BodySource, BodyStream } from './body-stream.ts';
import { cancellation, readerLeft } from './cancellation.ts';
import type { FetchExchange } from './fetch-exchange.ts';

/** The body of a response by `fetch`, pulled as its reader asks for it. */
export class FetchBody implements BodySource {
  readonly stream: BodyStream;
  readonly #exchange: FetchExchange;
  readonly #onDone: () => void;
  #isReading = false;
  #isDone = false;

  /** @param onDone called once, when the connection is no longer needed. */
  constructor(exchange: FetchExchange, streamBufferBytes: number, onDone: () => void) {
    this.stream = new BodyStream(this, streamBufferBytes);
    this.#exchange = exchange;
    this.#onDone = onDone;
    exchange.onAbort = (error) => {
      this.stream.abandon({ error });
      this.#finish();
    };
  }

  resume(): void {
    if (this.#isReading || this.#isDone) return;
    this.#isReading = true;
    this.#exchange.read().then(
      (chunk) => this.#receive(chunk),
      (error: unknown) => this.#break(error),
    );
  }

  close(): void {
    if (this.#isDone) return;
    this.#exchange.stop(readerLeft(this.#exchange.call));
    this.#finish();
  }

  cancel(reason?: unknown): void {
    const error = cancellation(reason, this.#exchange.call);
    this.stream.abandon(error === undefined ? undefined : { error });
    this.close();
  }

  #receive(chunk: Uint8Array | undefined): void {
    this.#isReading = false;
    if (chunk === undefined) {
      this.stream.end();
      this.#finish();
      return;
    }
    this.stream.push(chunk);
    if (this.stream.isAwaited) this.resume();
  }

  #break(error: unknown): void {
    this.#isReading = false;
    this.stream.fail(error);
    this.#finish();
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#exchange.done();
    this.#onDone();
  }
}
