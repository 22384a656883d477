import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of this machine. Disposing of it breaks off what it is answering. */
export class LocalServer implements AsyncDisposable {
  readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** Listens on `PORT`, or a free one. @throws Error when it is in use. */
  static async start(): Promise<LocalServer> {
    const server = createServer().listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
    await once(server, 'listening');
    return new LocalServer(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
  }
}
