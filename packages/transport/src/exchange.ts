import type { Readable } from 'node:stream';
import { abortReason, ConnectionError, type IntegrationError } from '@integrations/errors';
import type { Headers, HttpRequestBody } from '@integrations/types';
import type { Dispatcher } from 'undici';
import { describeCall } from './address.ts';
import type { Connection } from './connection.ts';
import type { ConnectionPool, Lessee } from './connection-pool.ts';
import { toNetworkError } from './network-error.ts';
import type { Hop } from './redirect.ts';
import { withoutReplay } from './replay.ts';
import { isStreamingBody, Upload } from './upload.ts';

/** As undici gives them: fresh for each response, names in lower case. */
type ResponseHeaders = Record<string, string | string[] | undefined>;

function joinValues(headers: ResponseHeaders): Headers {
  const joined = headers as Record<string, string>;
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) joined[name] = value.join(', ');
  }
  return joined;
}

/**
 * One request and its response on a connection, as undici's handler. It settles
 * once; whatever stage it has reached by then is undone: the place in the queue,
 * the connecting socket, the connection, the body's source, the listener on the caller's
 * signal.
 */
export abstract class Exchange implements Dispatcher.DispatchHandler, Lessee {
  protected readonly hop: Hop;
  readonly #pool: ConnectionPool;
  #connection: Connection | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #upload: Upload | undefined;
  #isSettled = false;

  constructor(pool: ConnectionPool, hop: Hop) {
    this.#pool = pool;
    this.hop = hop;
  }

  /** The request as messages name it. */
  protected get call(): string {
    return describeCall(this.hop.method, this.hop.url);
  }

  /** Asks the pool for a connection; the rest follows by itself. */
  start(): void {
    const { signal } = this.hop;
    if (signal?.aborted) {
      this.handleEvent();
      return;
    }
    signal?.addEventListener('abort', this);
    this.#pool.lease(this);
  }

  /** The caller's signal was aborted. */
  handleEvent(): void {
    if (this.hop.signal !== undefined) this.stop(abortReason(this.hop.signal, this.call), true);
  }

  useConnection(connection: Connection): void {
    this.#connection = connection;
    const { method, url, headers, body } = this.hop;
    connection.dispatch(
      {
        method,
        path: url.pathname + url.search,
        headers: headers as string[],
        ...(body === undefined ? {} : { body: this.#open(body) }),
      },
      this,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Stopped while it waited inside undici for its turn on a shared connection.
    if (this.#isSettled) controller.abort(new Error('the request was stopped'));
    else if (this.#upload !== undefined) this.#connection?.expectEarlyAnswer();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    this.#controller = controller;
    // Whatever is below only announces the response.
    if (status >= 200 && !this.#isSettled) this.receiveHead(status, joinValues(headers));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (!this.#isSettled) this.receiveChunk(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled) return;
    if (this.#connection?.hasSocketError) {
      // A body without a length ends with its connection: a broken one may have cut it.
      this.stop(
        new ConnectionError(`${this.call}: the connection broke while the response was read.`),
      );
      return;
    }
    const isAllSent = this.#upload?.isComplete ?? true;
    this.#settle();
    // The rest of the body will not follow, which is what the server still waits for.
    if (!isAllSent) this.#giveUp();
    else if (this.#connection !== undefined) this.#pool.release(this.#connection);
    this.complete();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isSettled) return;
    this.#settle();
    if (this.#connection !== undefined) this.#pool.discard(this.#connection);
    this.#fail(toNetworkError(this.#upload?.failure ?? error, this.call), false);
  }

  /** Ends the exchange early, wherever it is. */
  protected stop(error: IntegrationError, isAbort = false): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#giveUp();
    this.#fail(error, isAbort);
  }

  protected pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    if (this.#controller?.paused) this.#controller.resume();
  }

  protected abstract receiveHead(status: number, headers: Headers): void;
  protected abstract receiveChunk(chunk: Uint8Array): void;
  /** The response is complete. Called once, unless `fail` is. */
  protected abstract complete(): void;
  /**
   * There will be no complete response. Called once, unless `complete` is.
   *
   * @param isAbort whether the caller wants it so: what has arrived is of no interest.
   */
  protected abstract fail(error: Error, isAbort: boolean): void;

  #open(body: HttpRequestBody): string | Uint8Array | Readable {
    if (!isStreamingBody(body)) return body;
    this.#upload = new Upload(body, this.call);
    // undici takes any async iterable; its types leave that out.
    return this.#upload as AsyncIterable<Uint8Array> as Readable;
  }

  #fail(error: IntegrationError, isAbort: boolean): void {
    this.fail(withoutReplay(error, this.hop.body), isAbort);
  }

  #giveUp(): void {
    const connection = this.#connection;
    if (connection === undefined) {
      this.#pool.withdraw(this);
      return;
    }
    // A stream that stays paused would hold up those that share its connection.
    if (connection.isShared) this.resume();
    this.#pool.abandon(connection);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#upload?.close();
    this.hop.signal?.removeEventListener('abort', this);
  }
}
