import { once } from 'node:events';
import { Agent, type IncomingMessage, request as openRequest } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type {
  Headers,
  HttpRequest,
  HttpRequestBody,
  HttpResponse,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';

/** Repeated fields as one, as HTTP has it. */
function headersOf({ headers }: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

function definedOf(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** What a body needs said of it that the request's headers leave out. */
function bodyHeaders(body: HttpRequestBody | undefined): Record<string, string> {
  if (body === undefined) return {};
  if (typeof body === 'string' || body instanceof Uint8Array) {
    return { 'content-length': String(Buffer.byteLength(body)) };
  }
  return {
    ...(body.contentType === undefined ? {} : { 'content-type': body.contentType }),
    ...(body.size === undefined ? {} : { 'content-length': String(body.size) }),
  };
}

function readable(body: HttpRequestBody | undefined): Readable {
  if (body === undefined) return Readable.from([]);
  return Readable.from(
    typeof body === 'string' || body instanceof Uint8Array ? [Buffer.from(body)] : body.stream(),
  );
}

/**
 * `HttpTransport` over `node:http`, as somebody might write in an afternoon: it follows no
 * redirects, and throws what Node throws.
 */
export class NodeHttpTransport implements HttpTransport {
  readonly #agent = new Agent({ keepAlive: true });
  /** Requests that were sent. */
  sent = 0;

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { body, ...head } = await this.sendStreaming(request);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const { status, headers, url } = head;
    return { status, headers, url, body: Buffer.concat(chunks) };
  }

  async sendStreaming(request: HttpRequest): Promise<HttpStreamingResponse> {
    const { signal, url } = request;
    try {
      const message = await this.#open(request);
      return {
        status: message.statusCode ?? 0,
        headers: headersOf(message),
        url,
        body: this.#read(message, signal),
        cancel: () => message.destroy(),
      };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#agent.destroy();
  }

  async #open({ method, url, headers, body, signal }: HttpRequest): Promise<IncomingMessage> {
    this.sent += 1;
    const outgoing = openRequest(url, {
      method,
      agent: this.#agent,
      headers: { ...bodyHeaders(body), ...definedOf(headers) },
      ...(signal === undefined ? {} : { signal }),
    });
    // The answer is awaited together with the body: an error of either is one of both.
    const [[message]] = await Promise.all([
      once(outgoing, 'response') as Promise<[IncomingMessage]>,
      pipeline(readable(body), outgoing),
    ]);
    return message;
  }

  async *#read(message: IncomingMessage, signal: AbortSignal | undefined) {
    try {
      for await (const chunk of message) yield chunk as Uint8Array;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }
}
