import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came. */
export interface LarchRequest {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer that is an error, in Larch's words. */
export interface LarchFault {
  readonly status: number;
  readonly reason: string;
}

const USAGE = { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 };

/** A server as Larch would have it. */
export class LarchServer implements AsyncDisposable {
  readonly requests: LarchRequest[] = [];
  /** What the next requests are answered with. */
  readonly faults: LarchFault[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<LarchServer> {
    const started = new LarchServer();
    started.#server.listen(0, '127.0.0.1');
    await once(started.#server, 'listening');
    return started;
  }

  get baseURL(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    const body = (sent === '' ? {} : JSON.parse(sent)) as LarchRequest['body'];
    const key = request.headers['larch-key'];
    this.requests.push({ path: request.url ?? '', key: String(key), body });
    response.setHeader('larch-request', `request-${this.requests.length}`);
    const fault = this.faults.shift();
    if (fault !== undefined) {
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ fault: { reason: fault.reason, text: 'Not today' } }));
    } else if (body['stream'] === true) {
      this.#stream(response);
    } else {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.#whole(request.url ?? '')));
    }
  }

  #whole(path: string): unknown {
    if (path === '/catalog') return { models: [{ name: 'larch-1', context: 8000 }] };
    if (path === '/vectors') {
      return { data: [{ index: 0, embedding: [0.5, 0.25] }], model: 'larch-v', usage: USAGE };
    }
    const message = { role: 'assistant', content: 'Bark' };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return { id: 'chat-1', model: 'larch-1', choices, usage: USAGE };
  }

  #stream(response: ServerResponse): void {
    response.setHeader('content-type', 'text/event-stream');
    const write = (delta: object, reason: string | null): void => {
      const choices = [{ index: 0, delta, finish_reason: reason }];
      response.write(`data: ${JSON.stringify({ id: 'chat-1', model: 'larch-1', choices })}\n\n`);
    };
    write({ role: 'assistant', content: 'Ba' }, null);
    write({ content: 'rk' }, 'stop');
    response.end('data: [DONE]\n\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
