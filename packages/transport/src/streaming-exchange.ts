import type { Headers, HttpStreamingResponse } from '@integrations/types';
import { type BodySource, BodyStream } from './body-stream.ts';
import { cancellation, readerLeft } from './cancellation.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { Exchange } from './exchange.ts';
import { type Hop, isRedirect } from './redirect.ts';
import { encodingProblem } from './response-head.ts';

/** Settings of one streaming exchange. */
export interface StreamingOptions {
  readonly streamBufferBytes: number;
  /** Called once, when the connection is no longer needed. */
  readonly onDone: () => void;
}

/** An exchange whose response is handed out at its head and read while it arrives. */
class StreamingExchange extends Exchange implements BodySource {
  readonly #options: StreamingOptions;
  readonly #resolve: (response: HttpStreamingResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #body: BodyStream;

  constructor(
    pool: ConnectionPool,
    hop: Hop,
    options: StreamingOptions,
    resolve: (response: HttpStreamingResponse) => void,
    reject: (error: Error) => void,
  ) {
    super(pool, hop);
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#body = new BodyStream(this, options.streamBufferBytes);
  }

  close(): void {
    this.stop(readerLeft(this.call), true);
  }

  cancel(reason?: unknown): void {
    const error = cancellation(reason, this.call);
    this.#body.abandon(error === undefined ? undefined : { error });
    this.close();
  }

  protected override receiveHead(status: number, headers: Headers): void {
    const problem = isRedirect(status, headers)
      ? undefined
      : encodingProblem(this.call, status, headers);
    if (problem !== undefined) {
      this.stop(problem);
      return;
    }
    this.#resolve({
      status,
      headers,
      url: this.hop.url.href,
      body: this.#body,
      cancel: (reason) => this.cancel(reason),
    });
  }

  protected override receiveChunk(chunk: Uint8Array): void {
    if (!this.#body.push(chunk)) this.pause();
  }

  protected override complete(): void {
    this.#body.end();
    this.#options.onDone();
  }

  protected override fail(error: Error, isAbort: boolean): void {
    if (isAbort) this.#body.abandon({ error });
    else this.#body.fail(error);
    this.#options.onDone();
    // Without effect once the head has been handed out.
    this.#reject(error);
  }
}

/** Sends one request and resolves at the head of its response. */
export function exchangeStreaming(
  pool: ConnectionPool,
  hop: Hop,
  options: StreamingOptions,
): Promise<HttpStreamingResponse> {
  return new Promise((resolve, reject) => {
    new StreamingExchange(pool, hop, options, resolve, reject).start();
  });
}
