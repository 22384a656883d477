import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** Thrown out of a transmission whose client went away or whose simulator is closing. */
export class TransmissionEnded extends Error {
  override readonly name = 'TransmissionEnded';
  readonly byClient: boolean;

  constructor(byClient: boolean) {
    super(byClient ? 'The client went away.' : 'The simulator is closing.');
    this.byClient = byClient;
  }
}

/** How long the peer gets to read what was written before a reset, which would discard it. */
const READ_BEFORE_RESET_MS = 25;

/** The sending side of one exchange: every wait and write ends with `TransmissionEnded` when there is no one to send to. */
export class Transmission {
  readonly #response: ServerResponse;
  readonly #signal: AbortSignal;
  readonly #pieceBytes: number | undefined;

  /** @param pieceBytes size of each separate write of the body; as given if `undefined` */
  constructor(response: ServerResponse, signal: AbortSignal, pieceBytes: number | undefined) {
    this.#response = response;
    this.#signal = signal;
    this.#pieceBytes = pieceBytes;
  }

  sendHead(status: number, headers: Readonly<Record<string, string>>): void {
    this.#signal.throwIfAborted();
    this.#response.writeHead(status, headers);
    this.#response.flushHeaders();
  }

  async write(content: string | Uint8Array): Promise<void> {
    this.#signal.throwIfAborted();
    if (this.#pieceBytes !== undefined)
      return this.#writeInPieces(Buffer.from(content), this.#pieceBytes);
    if (!this.#response.write(content))
      await this.#until(once(this.#response, 'drain', { signal: this.#signal }));
  }

  async end(content?: string | Uint8Array): Promise<void> {
    if (content !== undefined && this.#pieceBytes !== undefined) {
      await this.write(content);
      return this.end();
    }
    this.#signal.throwIfAborted();
    const finished = once(this.#response, 'finish', { signal: this.#signal });
    this.#response.end(content);
    await this.#until(finished);
  }

  async pause(ms: number): Promise<void> {
    if (ms > 0) await this.#until(delay(ms, undefined, { signal: this.#signal }));
  }

  /** Waits until there is no one left to wait for. */
  async stall(): Promise<never> {
    this.#signal.throwIfAborted();
    await once(this.#signal, 'abort');
    throw this.#signal.reason;
  }

  /** Resets the connection, so that the peer sees ECONNRESET and no end. */
  async reset(): Promise<void> {
    if (this.#response.headersSent) await this.pause(READ_BEFORE_RESET_MS);
    this.#response.socket?.resetAndDestroy();
  }

  async #writeInPieces(bytes: Buffer, size: number): Promise<void> {
    this.#response.socket?.setNoDelay(true);
    for (let at = 0; at < bytes.length; at += size) {
      this.#signal.throwIfAborted();
      this.#response.write(bytes.subarray(at, at + size));
      // Node joins the writes of one turn of the event loop.
      await this.#until(nextTurn(undefined, { signal: this.#signal }));
    }
  }

  async #until(happening: Promise<unknown>): Promise<void> {
    try {
      await happening;
    } catch (error) {
      this.#signal.throwIfAborted();
      throw error;
    }
  }
}
