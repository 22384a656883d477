import type { Headers } from './headers.ts';

/** The request methods that provider APIs use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body that is made while it is sent. */
export interface HttpStreamingBody {
  /** Sent as `content-type`, unless the request's headers have one. */
  readonly contentType?: string | undefined;
  /** Bytes in all, where that is known: exactly so many must come. Sent in chunks otherwise. */
  readonly size?: number | undefined;
  /**
   * Whether `stream()` gives the whole body when it is called next. What can be read
   * once only is replayable until its first byte is taken, and never again.
   *
   * @default true
   */
  readonly replayable?: boolean | undefined;
  /**
   * The chunks, from the first. Called when there is a connection to send them on, once
   * for each attempt. Leaving the loop gives up whatever is behind it: a file, a socket.
   */
  stream(): AsyncIterable<Uint8Array>;
}

/** What a request carries. Text is sent as UTF-8. */
export type HttpRequestBody = string | Uint8Array | HttpStreamingBody;

/** One request, ready to be sent. */
export interface HttpRequest {
  readonly method: HttpMethod;
  /** Absolute address: `https:`, or `http:` on a loopback host. */
  readonly url: string;
  /** Field names in lower case. */
  readonly headers: Headers;
  readonly body?: HttpRequestBody;
  /** Stops the request wherever it is; the transport rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** A response whose body has been read to its end. Any status is a response, not an error. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Where the response came from: differs from the request after redirects. */
  readonly url: string;
}

/** A response whose body is still arriving. */
export interface HttpStreamingResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly url: string;
  /**
   * The body's chunks, to be iterated once. Reading slowly slows the sender down;
   * leaving the loop closes the connection; a failure rejects with a typed error.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up on the rest of the body and closes the connection. May be called again. */
  cancel(reason?: unknown): void;
}

/** The connections that a transport has at a moment. */
export interface ConnectionCounts {
  /** Open, or being opened. */
  readonly open: number;
  /** Open and not in use. */
  readonly idle: number;
  /** Requests that wait for one. */
  readonly waiting: number;
}

/** Carries requests to a server. Never retries, and has no opinion on status codes. */
export interface HttpTransport {
  /** @throws a typed error when no complete response arrived. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Resolves once the response's head is there. @throws a typed error when it never came. */
  sendStreaming(request: HttpRequest): Promise<HttpStreamingResponse>;
  /** What it has at this moment: for log lines. A transport that does not know leaves this out. */
  connections?(): ConnectionCounts;
  /** Closes idle connections and waits for those in use. */
  close?(): Promise<void>;
}
