import {
  abortReason,
  ConfigurationError,
  type IntegrationError,
  ProtocolError,
} from '@integrations/errors';
import type { Headers } from '@integrations/types';
import { describeCall } from './address.ts';
import { toFetchUpload } from './fetch-upload.ts';
import type { Hop } from './redirect.ts';
import { withoutReplay } from './replay.ts';
import { isStreamingBody, Upload } from './upload.ts';

/** The platform's `fetch`, or a function that acts like it. */
export type FetchFunction = typeof globalThis.fetch;

function pairs(list: readonly string[]): [string, string][] {
  const entries: [string, string][] = [];
  for (let index = 0; index < list.length; index += 2) {
    entries.push([list[index] ?? '', list[index + 1] ?? '']);
  }
  return entries;
}

/**
 * The headers as one object. `fetch` has decoded the body by now, so the fields
 * that describe its encoded form are left out.
 */
function readHeaders(response: Response): Headers {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`;
  });
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    delete headers['content-encoding'];
    delete headers['content-length'];
  }
  return headers;
}

/** Gives up a body that nobody will read. */
function discardBody(response: Response): void {
  // It was given up already where this fails, which is as good.
  response.body?.cancel().catch(() => undefined);
}

/** What carries requests, and how. */
export interface FetchCarrier {
  readonly fetch: FetchFunction;
  /** Whether it sends a body while the body is made; undefined to find out. */
  readonly streamsUploads: boolean | undefined;
  /** The typed error for what `fetch` threw; an error of ours stays as it is. */
  readonly toError: (error: unknown, call: string) => IntegrationError;
}

/** What is known once a response's head has arrived. */
export interface FetchHead {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * One call of `fetch`. Whatever it waits for is rejected at once when the caller
 * aborts, even where the `fetch` it was given does not heed its signal.
 */
export class FetchExchange {
  readonly #hop: Hop;
  readonly #carrier: FetchCarrier;
  readonly #controller = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #upload: Upload | undefined;
  #reject: ((error: Error) => void) | undefined;
  #stopped: Error | undefined;
  #isDone = false;

  constructor(hop: Hop, carrier: FetchCarrier) {
    this.#hop = hop;
    this.#carrier = carrier;
    if (hop.signal?.aborted) this.handleEvent();
    else hop.signal?.addEventListener('abort', this);
  }

  get call(): string {
    return describeCall(this.#hop.method, this.#hop.url);
  }

  /** Called with the error when the caller aborts while nothing is waited for. */
  onAbort: ((error: Error) => void) | undefined;

  handleEvent(): void {
    if (this.#hop.signal === undefined) return;
    const error = abortReason(this.#hop.signal, this.call);
    this.stop(error);
    this.onAbort?.(error);
  }

  /** Sends the request and waits for the head of its response. */
  async open(): Promise<FetchHead> {
    try {
      const response = await this.#wait(() => this.#fetch());
      this.#reader = response.body?.getReader();
      if (response.type !== 'opaqueredirect' && response.status !== 0) {
        return { status: response.status, headers: readHeaders(response) };
      }
    } catch (error) {
      this.done();
      throw error;
    }
    const error = new ProtocolError(
      `${this.call}: the server redirects, and this platform hides where to. Set the final address as the base URL.`,
    );
    this.stop(error);
    throw error;
  }

  /** The next chunk of the body; undefined at its end. */
  async read(): Promise<Uint8Array | undefined> {
    const reader = this.#reader;
    if (reader === undefined) return undefined;
    const result = await this.#wait(() => reader.read());
    return result.done ? undefined : result.value;
  }

  /** Waits for `work`, unless and until the exchange is stopped. */
  #wait<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#stopped !== undefined) {
        reject(this.#stopped);
        return;
      }
      this.#reject = reject;
      work().then(resolve, (error: unknown) => reject(this.#typed(error)));
    });
  }

  #typed(error: unknown): IntegrationError {
    const cause = this.#carrier.toError(this.#upload?.failure ?? error, this.call);
    return withoutReplay(cause, this.#hop.body);
  }

  /** Closes the connection and rejects whatever is waited for. */
  stop(error: IntegrationError): void {
    if (this.#isDone) return;
    this.#stopped = withoutReplay(error, this.#hop.body);
    this.done();
    this.#controller.abort(error);
    // For a `fetch` that does not heed its signal; fails where the signal did the same.
    this.#reader?.cancel(error).catch(() => undefined);
    this.#reject?.(error);
  }

  /** Nothing more will be asked of this exchange. */
  done(): void {
    this.#isDone = true;
    this.#upload?.close();
    this.#hop.signal?.removeEventListener('abort', this);
  }

  async #fetch(): Promise<Response> {
    const { fetch, streamsUploads } = this.#carrier;
    const { method, url, headers } = this.#hop;
    const response = await fetch(url.href, {
      method,
      headers: pairs(headers),
      redirect: 'manual',
      signal: this.#controller.signal,
      ...(await this.#body(streamsUploads)),
    });
    if (this.#stopped !== undefined) discardBody(response);
    return response;
  }

  async #body(streamsUploads: boolean | undefined): Promise<Pick<RequestInit, 'body'>> {
    const { body } = this.#hop;
    if (body === undefined) return {};
    if (!isStreamingBody(body)) return { body: body as Exclude<RequestInit['body'], undefined> };
    this.#upload = new Upload(body, this.call);
    return toFetchUpload(this.#upload, streamsUploads);
  }
}

/** @throws ConfigurationError where the platform has no `fetch` and none was given. */
export function platformFetch(): FetchFunction {
  const { fetch } = globalThis as { fetch?: FetchFunction };
  if (fetch === undefined) {
    throw new ConfigurationError('This platform has no fetch; give one with the fetch option.');
  }
  return (input, init) => fetch(input, init);
}
