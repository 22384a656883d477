import type {
  HttpRequest,
  HttpResponse,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';
import { readerLeft } from './cancellation.ts';
import { FetchBody } from './fetch-body.ts';
import {
  type FetchCarrier,
  FetchExchange,
  type FetchFunction,
  type FetchHead,
  platformFetch,
} from './fetch-exchange.ts';
import { InFlight } from './in-flight.ts';
import { firstHop, type Hop, isRedirect, type redirectedHop } from './redirect.ts';
import { announcesMoreThan, joinChunks, tooLarge } from './response-head.ts';
import {
  type ResponseLimitOptions,
  type ResponseLimits,
  resolveResponseLimits,
} from './response-limits.ts';

/** Settings of a `FetchTransport`. */
export interface FetchTransportOptions extends ResponseLimitOptions {
  /** What carries the requests. @default globalThis.fetch */
  readonly fetch?: FetchFunction | undefined;
  /**
   * Whether a streaming body is sent while it is made; otherwise it is read whole before
   * the request begins. Browsers that can do it want HTTP/2 for it.
   *
   * @default whether the platform can; in a bundle for browsers false
   */
  readonly streamUploads?: boolean | undefined;
}

/** What depends on where the `fetch` runs. */
export interface FetchPlatform extends Pick<FetchCarrier, 'toError' | 'streamsUploads'> {
  /** The request that a redirect asks for, or an error. */
  readonly redirect: typeof redirectedHop;
}

interface Opened {
  readonly exchange: FetchExchange;
  readonly head: FetchHead;
  readonly hop: Hop;
}

/** Carries requests over `fetch`, wherever that runs. */
export class PlatformFetchTransport implements HttpTransport, AsyncDisposable {
  readonly #carrier: FetchCarrier;
  readonly #redirect: FetchPlatform['redirect'];
  readonly #limits: ResponseLimits;
  readonly #inFlight = new InFlight();

  /** @throws ConfigurationError for an option that is out of range, and where there is no `fetch`. */
  constructor(
    { toError, streamsUploads, redirect }: FetchPlatform,
    options: FetchTransportOptions,
  ) {
    this.#carrier = {
      fetch: options.fetch ?? platformFetch(),
      streamsUploads: options.streamUploads ?? streamsUploads,
      toError,
    };
    this.#redirect = redirect;
    this.#limits = resolveResponseLimits(options);
  }

  /**
   * Sends a request and reads the whole response.
   *
   * @throws the errors of `UndiciTransport.send`, as far as `fetch` tells them apart.
   */
  async send(request: HttpRequest): Promise<HttpResponse> {
    this.#inFlight.enter();
    try {
      const { exchange, head, hop } = await this.#open(request);
      try {
        const body = await this.#readAll(exchange, head);
        return { status: head.status, headers: head.headers, body, url: hop.url.href };
      } finally {
        exchange.done();
      }
    } finally {
      this.#inFlight.leave();
    }
  }

  /**
   * Sends a request and resolves at the head of its response.
   *
   * @throws the errors of `UndiciTransport.sendStreaming`, as far as `fetch` tells them apart.
   */
  async sendStreaming(request: HttpRequest): Promise<HttpStreamingResponse> {
    this.#inFlight.enter();
    try {
      const { exchange, head, hop } = await this.#open(request);
      const body = new FetchBody(exchange, this.#limits.streamBufferBytes, () =>
        this.#inFlight.leave(),
      );
      return {
        status: head.status,
        headers: head.headers,
        url: hop.url.href,
        body: body.stream,
        cancel: (reason) => body.cancel(reason),
      };
    } catch (error) {
      this.#inFlight.leave();
      throw error;
    }
  }

  /** Lets no further request in and resolves when those under way have finished. */
  close(): Promise<void> {
    return this.#inFlight.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #open(request: HttpRequest): Promise<Opened> {
    let hop = firstHop(request);
    for (;;) {
      const exchange = new FetchExchange(hop, this.#carrier);
      const head = await exchange.open();
      if (!isRedirect(head.status, head.headers)) return { exchange, head, hop };
      exchange.stop(readerLeft(exchange.call));
      hop = this.#redirect(hop, head.status, head.headers, this.#limits.maxRedirects);
    }
  }

  async #readAll(exchange: FetchExchange, { status, headers }: FetchHead): Promise<Uint8Array> {
    const limit = this.#limits.maxResponseBytes;
    const chunks: Uint8Array[] = [];
    let length = 0;
    let isTooLarge = announcesMoreThan(headers, limit);
    while (!isTooLarge) {
      const chunk = await exchange.read();
      if (chunk === undefined) return joinChunks(chunks, length);
      chunks.push(chunk);
      length += chunk.byteLength;
      isTooLarge = length > limit;
    }
    const error = tooLarge(exchange.call, status, limit);
    exchange.stop(error);
    throw error;
  }
}
