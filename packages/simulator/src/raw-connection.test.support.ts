import { connect, type Socket } from 'node:net';
import type { Simulator } from './simulator.ts';

/** A request written byte for byte, and what came back of it. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #pieces: Buffer[] = [];
  /** How the server ended it. */
  readonly ended: Promise<'closed' | 'reset'>;

  constructor(simulator: Simulator, path: string, body: unknown, fault?: unknown) {
    const content = JSON.stringify(body);
    const head = [
      `POST ${path} HTTP/1.1`,
      'host: simulator',
      'connection: close',
      'authorization: Bearer test-key',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(content)}`,
      ...(fault === undefined ? [] : [`x-simulator-fault: ${JSON.stringify(fault)}`]),
    ];
    this.#socket = connect(simulator.port, '127.0.0.1');
    this.#socket.write(`${head.join('\r\n')}\r\n\r\n${content}`);
    this.#socket.on('data', (piece) => this.#pieces.push(Buffer.from(piece)));
    this.ended = new Promise((resolve, reject) => {
      let outcome: 'closed' | 'reset' = 'closed';
      this.#socket.on('error', (error) => {
        if ('code' in error && error.code === 'ECONNRESET') outcome = 'reset';
        else reject(error);
      });
      this.#socket.once('close', () => resolve(outcome));
    });
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString('utf8');
  }

  /** Resolves when `part` has come in. */
  async received(part: string): Promise<void> {
    if (this.text.includes(part)) return;
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!this.text.includes(part)) return;
        this.#socket.off('data', look);
        resolve();
      };
      this.#socket.on('data', look);
      this.#socket.once('close', () =>
        reject(new Error(`The connection ended without ${part}: ${this.text}`)),
      );
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** The lengths and contents of a chunked body's chunks. */
export function chunksOf(response: string): string[] {
  const body = response.slice(response.indexOf('\r\n\r\n') + 4);
  const chunks: string[] = [];
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, lineEnd), 16);
    if (!(size > 0)) break;
    chunks.push(body.slice(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 4 + size;
  }
  return chunks;
}
