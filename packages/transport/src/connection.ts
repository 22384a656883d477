import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Client, type Dispatcher } from 'undici';
import type { Connector } from './connector.ts';
import { deferWriteFailures } from './write-failures.ts';

/** Settings of one connection, in milliseconds; 0 for no limit. */
export interface ConnectionOptions {
  readonly keepAliveTimeout: number;
  readonly headersTimeout: number;
  readonly http2: boolean;
}

/** What a pool wants to know of its connections. */
export interface ConnectionOwner {
  onConnected(connection: Connection): void;
  onDisconnected(connection: Connection): void;
}

/** What undici is told when a connection is given up: no request is left to read it. */
const GIVEN_UP = 'the connection was given up';

/** One connection to a server: an undici client that never has a second socket. */
export class Connection {
  readonly #client: Client;
  #socket: Socket | undefined;
  /** The socket that uploads have been prepared for. */
  #uploadSocket: Socket | undefined;
  /** Requests being served. */
  inUse = 0;
  /** Whether several requests may share it; known once it is connected. */
  isShared = false;
  isConnected = false;
  /** Takes no further requests. */
  isRetired = false;
  isClosed = false;

  constructor(
    origin: string,
    connector: Connector,
    options: ConnectionOptions,
    owner: ConnectionOwner,
  ) {
    this.#client = new Client(origin, {
      connect: (target, callback) => {
        this.#socket = connector.open(target, (...result) => {
          // At the end of a proxy's tunnel it is another one than at its beginning.
          this.#socket = result[1] ?? this.#socket;
          callback(...result);
        });
      },
      allowH2: options.http2,
      pipelining: 1,
      keepAliveTimeout: options.keepAliveTimeout,
      // A server's own hint may shorten the idle time, never lengthen it.
      keepAliveMaxTimeout: options.keepAliveTimeout,
      headersTimeout: options.headersTimeout,
      bodyTimeout: 0,
    });
    this.#client.on('connect', () => {
      this.isConnected = true;
      this.isShared = (this.#socket as TLSSocket | undefined)?.alpnProtocol === 'h2';
      owner.onConnected(this);
    });
    this.#client.on('disconnect', () => {
      this.isConnected = false;
      owner.onDisconnected(this);
    });
  }

  get isUsable(): boolean {
    return this.isConnected && !this.isRetired;
  }

  /** Whether the socket broke, even where the response looks complete. */
  get hasSocketError(): boolean {
    const error = this.#socket?.errored;
    return error !== null && error !== undefined;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#client.dispatch(options, handler);
  }

  /** An upload begins: an answer that ends it early must not be lost with the socket. */
  expectEarlyAnswer(): void {
    if (this.#socket === undefined || this.#socket === this.#uploadSocket) return;
    this.#uploadSocket = this.#socket;
    deferWriteFailures(this.#socket);
  }

  /** Closes the socket at once, connected or not. */
  destroy(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#socket?.destroy(new Error(GIVEN_UP));
    this.#client.destroy(new Error(GIVEN_UP), () => undefined);
  }
}
