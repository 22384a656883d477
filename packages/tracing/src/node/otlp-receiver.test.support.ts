import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP has it in JSON. */
export interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes?: readonly { readonly key: string; readonly value: unknown }[];
}

/** A request as it came in. */
export interface OtlpRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** A collector on this machine that keeps what it is sent. */
export class OtlpReceiver implements AsyncDisposable {
  readonly requests: OtlpRequest[] = [];
  /** Whether it answers, and how. */
  answer: (response: ServerResponse) => void = (response) => response.end('{}');
  readonly #server: Server;
  #told: (() => void) | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url = '', headers } = request;
        this.requests.push({ path: url, headers, body: Buffer.concat(chunks) });
        this.#told?.();
        this.answer(response);
      });
    });
  }

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves with the next request. */
  async next(): Promise<OtlpRequest> {
    const count = this.requests.length;
    await new Promise<void>((resolve) => {
      this.#told = () => {
        if (this.requests.length > count) resolve();
      };
    });
    const [request] = this.requests.slice(count);
    if (request === undefined) throw new Error('no request came');
    return request;
  }

  traces(): OtlpTraces[] {
    return this.requests
      .filter(({ path }) => path === '/v1/traces')
      .map(({ body }) => JSON.parse(body.toString()) as OtlpTraces);
  }

  spans(): OtlpSpan[] {
    return this.traces().flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
