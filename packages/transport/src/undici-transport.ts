import type {
  ConnectionCounts,
  HttpRequest,
  HttpResponse,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';
import { describeCall } from './address.ts';
import { exchangeBuffered } from './buffered-exchange.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { InFlight } from './in-flight.ts';
import { loadConnectionPool } from './load-connection-pool.ts';
import { firstHop, type Hop, isRedirect, redirectedHop } from './redirect.ts';
import { exchangeStreaming } from './streaming-exchange.ts';
import {
  type ResolvedOptions,
  resolveOptions,
  type UndiciTransportOptions,
} from './undici-transport-options.ts';

/**
 * Carries requests over connections of its own, by undici's lowest interface. For
 * Node.js; in a browser use `FetchTransport`. It never retries, never decodes an
 * encoded body, and takes any status for a response. undici is loaded at the first
 * request.
 */
export class UndiciTransport implements HttpTransport, AsyncDisposable {
  readonly #options: ResolvedOptions;
  readonly #pools = new Map<string, ConnectionPool>();
  readonly #inFlight = new InFlight();
  #closing: Promise<void> | undefined;

  /** @throws ConfigurationError for an option that is out of range. */
  constructor(options: UndiciTransportOptions = {}) {
    this.#options = resolveOptions(options);
  }

  /** The connections to all servers together. */
  connections(): ConnectionCounts {
    const total = { open: 0, idle: 0, waiting: 0 };
    for (const { counts } of this.#pools.values()) {
      total.open += counts.open;
      total.idle += counts.idle;
      total.waiting += counts.waiting;
    }
    return total;
  }

  /**
   * Sends a request and reads the whole response.
   *
   * @throws ConfigurationError for an address that must not be called, after `close()`,
   * and when undici cannot be loaded.
   * @throws ValidationError for headers or a body that cannot be sent.
   * @throws ConnectionError, or its DnsError or TlsError, when no complete response arrived.
   * @throws ConnectTimeoutError and HeadersTimeoutError.
   * @throws ProtocolError for invalid HTTP, an encoded body, and redirects that lead nowhere.
   * @throws ResponseTooLargeError beyond `maxResponseBytes`.
   * @throws AbortedError, or the signal's own typed reason, when the request is aborted.
   */
  async send(request: HttpRequest): Promise<HttpResponse> {
    this.#inFlight.enter();
    try {
      let hop = firstHop(request);
      for (;;) {
        const pool = this.#pools.get(hop.url.origin) ?? (await this.#openPool(hop));
        const response = await exchangeBuffered(pool, hop, this.#options.maxResponseBytes);
        const { status, headers } = response;
        if (!isRedirect(status, headers)) return response;
        hop = redirectedHop(hop, status, headers, this.#options.maxRedirects);
      }
    } finally {
      this.#inFlight.leave();
    }
  }

  /**
   * Sends a request and resolves at the head of its response; the body is read while
   * it arrives. A body of any size may be streamed.
   *
   * @throws as `send` does, but for `ResponseTooLargeError`; a failure after the head
   * rejects the reading of the body.
   */
  async sendStreaming(request: HttpRequest): Promise<HttpStreamingResponse> {
    this.#inFlight.enter();
    try {
      let hop = firstHop(request);
      for (;;) {
        const pool = this.#pools.get(hop.url.origin) ?? (await this.#openPool(hop));
        this.#inFlight.join();
        const response = await exchangeStreaming(pool, hop, {
          streamBufferBytes: this.#options.streamBufferBytes,
          onDone: () => this.#inFlight.leave(),
        });
        const { status, headers } = response;
        if (!isRedirect(status, headers)) return response;
        response.cancel();
        hop = redirectedHop(hop, status, headers, this.#options.maxRedirects);
      }
    } finally {
      this.#inFlight.leave();
    }
  }

  /**
   * Lets no further request in, closes idle connections, and resolves when those in
   * use have finished: a stream must be read to its end or cancelled.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const drained = this.#inFlight.close();
    for (const pool of this.#pools.values()) pool.close();
    await drained;
    // A redirect may have opened another pool in the meantime.
    for (const pool of this.#pools.values()) pool.close();
  }

  async #openPool({ method, url }: Hop): Promise<ConnectionPool> {
    const { ConnectionPool } = await loadConnectionPool(describeCall(method, url));
    // Another call may have opened it while the module was loaded.
    const pool = this.#pools.get(url.origin) ?? new ConnectionPool(url.origin, this.#options);
    this.#pools.set(url.origin, pool);
    return pool;
  }
}
