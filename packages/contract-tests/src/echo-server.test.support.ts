import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

/** Answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers by writing the bytes itself, once the head of a request is there. */
export type RawAnswer = (socket: Socket, head: string) => void;

/** What a careless proxy says of a request: everything that came with it. */
export function echoOf({ headers }: IncomingMessage): string {
  const account = [headers['openai-organization'], headers['openai-project']].join(' and ');
  return `You sent ${headers.authorization} of ${account}.`;
}

/** Headers of a response that tell those of the request. */
function echoHeaders(request: IncomingMessage): Record<string, string> {
  const key = request.headers.authorization?.replace('Bearer ', '') ?? '';
  return {
    'x-request-id': key,
    'x-debug': echoOf(request),
    'x-forwarded-authorization': `Bearer ${key}`,
    'x-organization': String(request.headers['openai-organization']),
  };
}

/** Answers with a status and JSON, which may tell of the request. */
export function answerJson(status: number, body: (request: IncomingMessage) => unknown): Answer {
  return (request, response) => {
    response.writeHead(status, { ...echoHeaders(request), 'content-type': 'application/json' });
    response.end(JSON.stringify(body(request)));
  };
}

/** Answers as the API does to what it refuses, with the request's own headers in every member. */
export function answerError(status: number, code?: string): Answer {
  return answerJson(status, (request) => ({
    error: {
      message: echoOf(request),
      type: request.headers['openai-project'],
      param: request.headers['openai-organization'],
      code: code ?? request.headers.authorization,
      headers: request.headers,
    },
  }));
}

/** Answers with a text of any kind. */
export function answerText(
  status: number,
  contentType: string,
  body: (request: IncomingMessage) => string,
): Answer {
  return (request, response) => {
    response.writeHead(status, { ...echoHeaders(request), 'content-type': contentType });
    response.end(body(request));
  };
}

/** Answers with events, and ends as a stream does. */
export function answerEvents(events: (request: IncomingMessage) => readonly string[]): Answer {
  return answerText(200, 'text/event-stream', (request) =>
    events(request)
      .map((event) => `data: ${event}\n\n`)
      .join(''),
  );
}

/** One chunk of an answer. */
export const CHUNK: string = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content: 'Well' } }],
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A server that answers every request alike. */
export class EchoServer implements AsyncDisposable {
  readonly origin: string;
  readonly #stop: () => void;

  private constructor(port: number, stop: () => void) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#stop = stop;
  }

  static async start(answer: Answer): Promise<EchoServer> {
    const server = createServer(answer);
    const port = await listen(server);
    return new EchoServer(port, () => {
      server.close();
      server.closeAllConnections();
    });
  }

  static async startRaw(answer: RawAnswer): Promise<EchoServer> {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      // A client that hangs up is no fault of the test.
      socket.on('error', () => undefined);
      socket.once('data', (data) => answer(socket, data.toString()));
    });
    const port = await listen(server);
    return new EchoServer(port, () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
  }

  get baseURL(): string {
    return `${this.origin}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
  }
}
