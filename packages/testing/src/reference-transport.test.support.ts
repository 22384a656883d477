import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request as open } from 'node:http';
import { PassThrough } from 'node:stream';
import { ConnectionError, ValidationError } from '@integrations/errors';
import type {
  HttpRequest,
  HttpRequestBody,
  HttpResponse,
  HttpStreamingBody,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';

/** A way to get a transport wrong. */
export type TransportFault =
  | 'sends GET for all'
  | 'drops headers'
  | 'sends latin-1'
  | 'throws for an error status'
  | 'retries 503'
  | 'keeps the first of repeated headers'
  | 'drops the query from url'
  | 'throws raw errors'
  | 'accepts a body that broke off'
  | 'ignores the signal'
  | 'rejects with an error of its own'
  | 'leaves listeners'
  | 'sends though aborted'
  | 'keeps the connection after an abort'
  | 'reads all before the head'
  | 'keeps reading when the reader leaves'
  | 'ignores cancel'
  | 'reads ahead without end'
  | 'drops the content type of a body'
  | 'opens a body once'
  | 'takes a body without waiting'
  | 'keeps a body after an abort'
  | 'is deaf to early answers'
  | 'throws what a body throws'
  | 'believes the size of a body'
  | 'calls every failure retryable'
  | 'closes at once'
  | 'leaves idle connections';

function isStreaming(body: HttpRequestBody | undefined): body is HttpStreamingBody {
  return typeof body === 'object' && !(body instanceof Uint8Array);
}

/** Small, slow and right, unless told to be wrong. */
export class ReferenceTransport implements HttpTransport {
  readonly #fault: TransportFault | undefined;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #inUse = new Set<Promise<unknown>>();
  #opened: AsyncIterable<Uint8Array> | undefined;

  constructor(fault?: TransportFault) {
    this.#fault = fault;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { body, status, headers, url } = await this.sendStreaming(request);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    if (status >= 500 && this.#has('throws for an error status')) throw new Error(`${status}`);
    if (status === 503 && this.#has('retries 503'))
      return { status, headers, url, ...(await this.#again(request)) };
    return { status, headers, url, body: Buffer.concat(chunks) };
  }

  async sendStreaming(request: HttpRequest): Promise<HttpStreamingResponse> {
    const { signal } = request;
    if (!this.#has('sends though aborted')) signal?.throwIfAborted();
    const leave = new AbortController();
    const onAbort = (): void => {
      const reason: unknown = signal?.reason;
      leave.abort(this.#has('rejects with an error of its own') ? new Error('aborted') : reason);
    };
    if (!this.#has('ignores the signal')) signal?.addEventListener('abort', onAbort);
    const done = (): void => {
      if (!this.#has('leaves listeners')) signal?.removeEventListener('abort', onAbort);
    };
    try {
      const message = await this.#head(request, leave.signal);
      return await this.#response(request, message, leave, done);
    } catch (error) {
      done();
      throw this.#failure(error, leave.signal, request.body);
    }
  }

  async close(): Promise<void> {
    if (!this.#has('closes at once')) await Promise.all(this.#inUse);
    if (!this.#has('leaves idle connections')) this.#agent.destroy();
  }

  #has(fault: TransportFault): boolean {
    return this.#fault === fault;
  }

  async #again(request: HttpRequest): Promise<Pick<HttpResponse, 'body'>> {
    const { body } = await this.sendStreaming(request);
    for await (const chunk of body) void chunk;
    return { body: new Uint8Array() };
  }

  async #head(request: HttpRequest, leave: AbortSignal): Promise<IncomingMessage> {
    const { body } = request;
    const fields = { ...request.headers };
    if (isStreaming(body) && !this.#has('drops the content type of a body')) {
      fields['content-type'] ??= body.contentType;
    }
    const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
    const sent = open(request.url, {
      agent: this.#agent,
      method: this.#has('sends GET for all') ? 'GET' : request.method,
      headers: this.#has('drops headers')
        ? {}
        : (Object.fromEntries(entries) as Record<string, string>),
    });
    const heads = once(sent, 'response', { signal: leave });
    if (!this.#has('keeps the connection after an abort')) {
      leave.addEventListener('abort', () => sent.destroy(), { once: true });
    }
    sent.on('error', () => undefined);
    if (isStreaming(body)) return this.#upload(sent, body, heads, leave);
    const isLatin = typeof body === 'string' && this.#has('sends latin-1');
    sent.end(isLatin ? Buffer.from(body, 'latin1') : body);
    const [message] = (await heads) as [IncomingMessage];
    return message;
  }

  async #upload(
    sent: ClientRequest,
    body: HttpStreamingBody,
    heads: Promise<unknown[]>,
    leave: AbortSignal,
  ): Promise<IncomingMessage> {
    const answered = new AbortController();
    const over = AbortSignal.any([answered.signal, leave]);
    const uploading = this.#write(sent, body, over);
    uploading.catch(() => sent.destroy());
    if (this.#has('is deaf to early answers')) await uploading;
    const [message] = (await Promise.race([heads, uploading.then(() => heads)])) as [
      IncomingMessage,
    ];
    message.once('close', () => answered.abort());
    message.once('end', () => answered.abort());
    return message;
  }

  async #write(sent: ClientRequest, body: HttpStreamingBody, over: AbortSignal): Promise<void> {
    const chunks = (this.#has('opens a body once') ? this.#opened : undefined) ?? body.stream();
    this.#opened = chunks;
    let bytes = 0;
    for await (const chunk of chunks) {
      over.throwIfAborted();
      bytes += chunk.byteLength;
      this.#checkSize(bytes > (body.size ?? Infinity));
      const hasRoom = sent.write(chunk);
      if (!hasRoom) await this.#drained(sent, over);
    }
    this.#checkSize(bytes < (body.size ?? 0));
    sent.end();
  }

  async #drained(sent: ClientRequest, over: AbortSignal): Promise<void> {
    if (this.#has('takes a body without waiting')) return;
    if (this.#has('keeps a body after an abort')) await new Promise((go) => sent.once('drain', go));
    else await once(sent, 'drain', { signal: over });
  }

  #checkSize(isWrong: boolean): void {
    if (!isWrong || this.#has('believes the size of a body')) return;
    throw new ValidationError('The body has another size than it says.');
  }

  #failure(error: unknown, leave: AbortSignal, body?: HttpRequestBody): unknown {
    if (leave.aborted) return leave.reason;
    if (this.#has('throws raw errors') || error instanceof ValidationError) return error;
    if (this.#has('throws what a body throws') && isStreaming(body)) return error;
    const isLost = isStreaming(body) && body.replayable === false;
    const retryable = !isLost || this.#has('calls every failure retryable');
    return new ConnectionError('The connection failed.', { cause: error, retryable });
  }

  async #response(
    request: HttpRequest,
    message: IncomingMessage,
    leave: AbortController,
    done: () => void,
  ): Promise<HttpStreamingResponse> {
    const finished = Promise.allSettled([once(message, 'close')]);
    void finished.finally(done);
    this.#inUse.add(finished);
    void finished.then(() => this.#inUse.delete(finished));
    const headers = Object.entries(message.headersDistinct).map(([name, values = []]) => [
      name,
      this.#has('keeps the first of repeated headers') ? values[0] : values.join(', '),
    ]);
    const early = this.#has('reads all before the head') ? await readAll(message) : undefined;
    return {
      status: message.statusCode ?? 0,
      headers: Object.fromEntries(headers) as Record<string, string>,
      url: this.#has('drops the query from url') ? request.url.replace(/\?.*/, '') : request.url,
      body: early ?? this.#body(message, leave.signal, done),
      cancel: () => {
        if (this.#has('ignores cancel')) return;
        message.destroy();
        done();
      },
    };
  }

  async *#body(
    message: IncomingMessage,
    leave: AbortSignal,
    done: () => void,
  ): AsyncGenerator<Uint8Array, void, void> {
    const isGreedy = this.#has('reads ahead without end');
    const source = isGreedy ? message.pipe(new PassThrough({ highWaterMark: 2 ** 30 })) : message;
    try {
      const iterator = source.iterator({
        destroyOnReturn: !this.#has('keeps reading when the reader leaves'),
      });
      for await (const chunk of iterator) yield new Uint8Array(chunk as Buffer);
      if (leave.aborted) throw leave.reason;
    } catch (error) {
      if (this.#has('accepts a body that broke off')) return;
      throw this.#failure(error, leave);
    } finally {
      done();
    }
  }
}

async function readAll(message: IncomingMessage): Promise<AsyncGenerator<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return (async function* () {
    yield* chunks;
  })();
}
