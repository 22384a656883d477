import type {
  Headers,
  HttpRequest,
  HttpResponse,
  HttpStreamingBody,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';
import { abortable } from './abortable.ts';
import { MockBody, type MockChunk } from './mock-body.ts';

/** What every reply can set. */
interface MockHead {
  /** @default 200 */
  readonly status?: number;
  /** Names in lower case. `content-type` is filled in where it is missing. */
  readonly headers?: Headers;
  /** @default the request's own */
  readonly url?: string;
}

/** A whole response. Give one of `json`, `text` and `body`, or none for an empty body. */
export interface MockResponse extends MockHead {
  /** Written as JSON. */
  readonly json?: unknown;
  readonly text?: string;
  readonly body?: Uint8Array;
}

/** A response whose body arrives in chunks. */
export interface MockStream extends MockHead {
  readonly chunks: readonly MockChunk[];
  /** Leaves the body open after the last chunk, until it is aborted or cancelled. @default false */
  readonly stayOpen?: boolean;
}

/** What a handler answers with. It throws to fail the request. */
export type MockReply = MockResponse | MockStream;

/** Answers one request; `index` counts the requests from 0. */
export type MockHandler = (request: HttpRequest, index: number) => MockReply | Promise<MockReply>;

/** How a mock transport begins. */
export interface MockHttpTransportOptions {
  /** Answers whatever was not scripted. @default an error that names the request */
  readonly handler?: MockHandler;
}

function isStream(reply: MockReply): reply is MockStream {
  return 'chunks' in reply;
}

/** The body's one chunk, and its kind. */
function contentOf(reply: MockResponse): { chunk?: MockChunk; type?: string } {
  if (reply.json !== undefined) {
    return { chunk: JSON.stringify(reply.json), type: 'application/json' };
  }
  if (reply.text !== undefined) return { chunk: reply.text, type: 'text/plain; charset=utf-8' };
  return reply.body === undefined ? {} : { chunk: reply.body, type: 'application/octet-stream' };
}

function asStream(reply: MockReply): MockStream {
  if (isStream(reply)) {
    return { ...reply, headers: { 'content-type': 'text/event-stream', ...reply.headers } };
  }
  const { chunk, type } = contentOf(reply);
  return {
    ...reply,
    chunks: chunk === undefined ? [] : [chunk],
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...reply.headers },
  };
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** A request with its body as it would have been sent: a streaming one is read to its end. */
async function asSent(request: HttpRequest, body: HttpStreamingBody): Promise<HttpRequest> {
  const { headers } = request;
  const { contentType } = body;
  const sent = { ...request, body: await readAll(body.stream()) };
  if (contentType === undefined || headers['content-type'] !== undefined) return sent;
  return { ...sent, headers: { ...headers, 'content-type': contentType } };
}

/**
 * Answers requests from a script, then from a handler, and keeps them, with streaming
 * bodies as bytes. Nothing is sent anywhere. Aborting a request's signal ends it at
 * once, wherever it is.
 */
export class MockHttpTransport implements HttpTransport {
  /** Every request that came, in order; one whose signal was aborted already never came. */
  readonly requests: readonly HttpRequest[];
  readonly #requests: HttpRequest[] = [];
  readonly #script: MockHandler[] = [];
  readonly #handler: MockHandler | undefined;
  #openStreams = 0;
  #closed = false;

  constructor(options: MockHttpTransportOptions = {}) {
    this.requests = this.#requests;
    this.#handler = options.handler;
  }

  /** Answers the next request that has no answer yet. */
  respond(response: MockResponse = {}): this {
    return this.reply(() => response);
  }

  /** Answers the next one with a body that arrives in these chunks. */
  stream(chunks: readonly MockChunk[], options: Omit<MockStream, 'chunks'> = {}): this {
    return this.reply(() => ({ ...options, chunks }));
  }

  /** Fails the next one. */
  fail(error: unknown): this {
    return this.reply(() => {
      throw error;
    });
  }

  /** Never answers the next one: only its signal ends it. */
  hang(): this {
    return this.reply(() => new Promise<never>(() => undefined));
  }

  /** Answers the next one with what the function makes of it. */
  reply(handler: MockHandler): this {
    this.#script.push(handler);
    return this;
  }

  /** How many scripted answers have not been used. */
  get remaining(): number {
    return this.#script.length;
  }

  /** How many bodies from `sendStreaming` were neither read to their end, left, cancelled nor aborted. */
  get openStreams(): number {
    return this.#openStreams;
  }

  /** Whether `close` was called. */
  get closed(): boolean {
    return this.#closed;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { status, headers, url, body } = await this.sendStreaming(request);
    return { status, headers, url, body: await readAll(body) };
  }

  async sendStreaming(request: HttpRequest): Promise<HttpStreamingResponse> {
    request.signal?.throwIfAborted();
    if (this.#closed) throw new Error('this MockHttpTransport has been closed');
    const { body, signal } = request;
    const isStream = typeof body === 'object' && !(body instanceof Uint8Array);
    const sent = isStream ? await abortable(asSent(request, body), signal) : request;
    const index = this.#requests.push(sent) - 1;
    const handler = this.#script.shift() ?? this.#handler;
    if (handler === undefined) {
      throw new Error(
        `MockHttpTransport has no answer for request ${index}, ${request.method} ${request.url}: script one with respond(), or pass a handler`,
      );
    }
    const answer = (async () => asStream(await handler(sent, index)))();
    const reply = await abortable(answer, request.signal);
    request.signal?.throwIfAborted();
    return this.#streamed(request, reply);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #streamed(request: HttpRequest, reply: MockStream): HttpStreamingResponse {
    const { signal } = request;
    this.#openStreams += 1;
    const onAbort = (): void => body.cancel(signal?.reason);
    const body = new MockBody({
      chunks: reply.chunks,
      stayOpen: reply.stayOpen ?? false,
      onClose: () => {
        signal?.removeEventListener('abort', onAbort);
        this.#openStreams -= 1;
      },
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    return {
      status: reply.status ?? 200,
      headers: reply.headers ?? {},
      url: reply.url ?? request.url,
      body,
      cancel: (reason) => body.cancel(reason),
    };
  }
}
