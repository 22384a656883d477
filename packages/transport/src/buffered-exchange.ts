import type { Headers, HttpResponse } from '@integrations/types';
import type { ConnectionPool } from './connection-pool.ts';
import { Exchange } from './exchange.ts';
import { type Hop, isRedirect } from './redirect.ts';
import { announcesMoreThan, encodingProblem, joinChunks, tooLarge } from './response-head.ts';

/** An exchange whose response is read to its end. */
class BufferedExchange extends Exchange {
  readonly #limit: number;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #status = 0;
  #headers: Headers = {};

  constructor(
    pool: ConnectionPool,
    hop: Hop,
    limit: number,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    super(pool, hop);
    this.#limit = limit;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  protected override receiveHead(status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
    if (announcesMoreThan(headers, this.#limit)) {
      this.stop(tooLarge(this.call, status, this.#limit));
      return;
    }
    if (isRedirect(status, headers)) return;
    const problem = encodingProblem(this.call, status, headers);
    if (problem !== undefined) this.stop(problem);
  }

  protected override receiveChunk(chunk: Uint8Array): void {
    this.#length += chunk.byteLength;
    if (this.#length > this.#limit) this.stop(tooLarge(this.call, this.#status, this.#limit));
    else this.#chunks.push(chunk);
  }

  protected override complete(): void {
    this.#resolve({
      status: this.#status,
      headers: this.#headers,
      body: joinChunks(this.#chunks, this.#length),
      url: this.hop.url.href,
    });
  }

  protected override fail(error: Error): void {
    this.#reject(error);
  }
}

/** Sends one request and reads its whole response. */
export function exchangeBuffered(
  pool: ConnectionPool,
  hop: Hop,
  maxResponseBytes: number,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    new BufferedExchange(pool, hop, maxResponseBytes, resolve, reject).start();
  });
}
