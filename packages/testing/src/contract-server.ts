import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What `/echo` says of the request that it was sent. */
export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In hexadecimal digits. */
  readonly body: string;
}

type Route = (request: IncomingMessage, response: ServerResponse, server: ContractServer) => void;

/** What `/flood` sends, unless it is held back. */
const FLOOD_CHUNKS = 1024;
const FLOOD_CHUNK = new Uint8Array(64 * 1024);

function echo(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Uint8Array[] = [];
  request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    const body = Buffer.concat(chunks).toString('hex');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, url, headers, body }));
  });
}

const ROUTES: Readonly<Record<string, Route>> = {
  '/echo': echo,
  '/repeated': (_request, response) => {
    response.setHeader('X-Repeated', ['a', 'b']);
    response.setHeader('X-Once', 'c');
    response.end();
  },
  '/redirect': (_request, response) => {
    response.writeHead(302, { location: '/echo' }).end();
  },
  // Neither reads the request nor answers.
  '/deaf': (request, _response, server) => {
    request.pause();
    // Who doesn't read doesn't see the end either.
    server.onRelease(() => request.resume());
  },
  // Answers at once and reads nothing.
  '/refuse': (request, response, server) => {
    request.pause();
    response.writeHead(413, { 'content-length': '2' });
    response.write('no');
    server.onRelease(() => request.resume());
  },
  // Breaks off once something of the body has come.
  '/break': (request) => {
    request.once('data', () => request.socket.destroy());
  },
  '/silent': (request) => {
    request.resume();
  },
  '/unfinished': (_request, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('abc');
  },
  '/held': (_request, response, server) => {
    response.flushHeaders();
    server.onRelease(() => {
      response.write('first');
      server.onRelease(() => response.end('second'));
    });
  },
  '/cut': (_request, response, server) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' });
    response.write('abc');
    server.onRelease(() => response.destroy());
  },
  '/reset': (request) => {
    request.socket.destroy();
  },
  '/flood': (_request, response, server) => {
    const pour = (): void => {
      while (server.poured < FLOOD_CHUNKS) {
        server.poured += 1;
        if (!response.write(FLOOD_CHUNK)) {
          response.once('drain', pour);
          return;
        }
      }
      response.end();
    };
    pour();
  },
};

/** The server that transports are tried against. Each path behaves in its own way. */
export class ContractServer {
  /** Paths of the requests that came, in order. */
  readonly requests: string[] = [];
  /** How many responses were cut off by the client. */
  cutOff = 0;
  /** How many chunks `/flood` has sent. */
  poured = 0;
  openSockets = 0;
  readonly #server: Server;
  readonly #changes: EventEmitter = new EventEmitter();
  #releases: (() => void)[] = [];

  static async start(): Promise<ContractServer> {
    const server = new ContractServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  private constructor() {
    this.#server = createServer(this.#answer);
    this.#server.on('connection', (socket) => {
      this.openSockets += 1;
      socket.on('close', () => {
        this.openSockets -= 1;
        this.#changes.emit('change');
      });
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get isFloodOver(): boolean {
    return this.poured === FLOOD_CHUNKS;
  }

  /** Resolves as soon as the condition holds, which is looked at whenever something happens. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#changes, 'change');
  }

  /** Runs the action at the next `release()`. */
  onRelease(action: () => void): void {
    this.#releases.push(action);
  }

  /** Lets `/held`, `/cut`, `/deaf` and `/refuse` go on. */
  release(): void {
    const releases = this.#releases;
    this.#releases = [];
    for (const action of releases) action();
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  readonly #answer: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    response.on('close', () => {
      if (!response.writableFinished) this.cutOff += 1;
      this.#changes.emit('change');
    });
    this.requests.push(pathname);
    this.#changes.emit('change');
    const [, status] = /^\/status\/(\d+)$/.exec(pathname) ?? [];
    if (status !== undefined) response.writeHead(Number(status)).end();
    else if (pathname in ROUTES) ROUTES[pathname]?.(request, response, this);
    else response.writeHead(404).end();
  };
}
