import type { ConnectionCounts } from '@integrations/types';
import { Connection, type ConnectionOptions, type ConnectionOwner } from './connection.ts';
import { Connector, type ConnectorOptions } from './connector.ts';

/** Settings of a `ConnectionPool`. */
export interface ConnectionPoolOptions extends ConnectionOptions, ConnectorOptions {
  readonly maxIdleConnections: number;
  readonly maxConnections: number;
}

/** Somebody who needs a connection. */
export interface Lessee {
  useConnection(connection: Connection): void;
}

/** Streams that one HTTP/2 connection carries at a time: what servers commonly allow. */
const MAX_STREAMS = 100;

/**
 * The connections to one origin. The one used last is used next, so that the rest
 * can grow idle and be closed. An HTTP/2 connection is shared; until the first is
 * made it is unknown whether there will be one, and the others wait for it.
 */
export class ConnectionPool implements ConnectionOwner {
  readonly #origin: string;
  readonly #connector: Connector;
  readonly #options: ConnectionPoolOptions;
  readonly #open = new Set<Connection>();
  /** Not in use; the last is the most recent. */
  readonly #idle: Connection[] = [];
  /** In use, with streams to spare. */
  readonly #sharing = new Set<Connection>();
  readonly #waiting = new Set<Lessee>();
  #connecting: Connection | undefined;
  #mayShare: boolean;
  #isClosing = false;

  constructor(origin: string, options: ConnectionPoolOptions) {
    this.#origin = origin;
    this.#connector = new Connector(options);
    this.#options = options;
    this.#mayShare = options.http2;
  }

  /** Connections that are open or being opened. */
  get size(): number {
    return this.#open.size;
  }

  get counts(): ConnectionCounts {
    return { open: this.#open.size, idle: this.#idle.length, waiting: this.#waiting.size };
  }

  /** Calls `lessee.useConnection`, at once or when a connection is free. */
  lease(lessee: Lessee): void {
    const connection = this.#take();
    if (connection === undefined) this.#waiting.add(lessee);
    else lessee.useConnection(connection);
  }

  /** Stops waiting. */
  withdraw(lessee: Lessee): void {
    this.#waiting.delete(lessee);
  }

  /** Gives a connection back after a complete response. */
  release(connection: Connection): void {
    this.#sharing.delete(connection);
    connection.inUse -= 1;
    if (connection.isClosed) return;
    if (connection.inUse === 0) this.#park(connection);
    else if (connection.isUsable) this.#sharing.add(connection);
    this.#serve();
  }

  /** Gives a connection back after its request failed: it is closed, unless others share it. */
  discard(connection: Connection): void {
    if (connection.isShared) {
      this.release(connection);
      return;
    }
    connection.inUse -= 1;
    this.#remove(connection);
    this.#serve();
  }

  /**
   * Gives a connection back in the middle of a request: it is closed, once those who
   * share it have finished. Their stream alone is not reset: Node.js 24 never comes
   * back from resetting an HTTP/2 stream that has bytes of a body to send.
   */
  abandon(connection: Connection): void {
    connection.inUse -= 1;
    connection.isRetired = true;
    this.#sharing.delete(connection);
    if (connection.inUse === 0 || !connection.isShared) this.#remove(connection);
    this.#serve();
  }

  /** Closes idle connections now, and the others as soon as they are given back. */
  close(): void {
    this.#isClosing = true;
    for (const connection of this.#idle.splice(0)) this.#remove(connection);
  }

  onConnected(connection: Connection): void {
    if (this.#connecting === connection) this.#connecting = undefined;
    if (!this.#options.http2) return;
    this.#mayShare = connection.isShared;
    if (connection.isShared && connection.inUse > 0) this.#sharing.add(connection);
    this.#serve();
  }

  onDisconnected(connection: Connection): void {
    if (connection.inUse === 0) this.#remove(connection);
    else if (connection.isShared) this.#sharing.delete(connection);
  }

  #serve(): void {
    for (const lessee of this.#waiting) {
      const connection = this.#take();
      if (connection === undefined) return;
      this.#waiting.delete(lessee);
      lessee.useConnection(connection);
    }
  }

  #take(): Connection | undefined {
    const [sharing] = this.#sharing;
    const connection = sharing ?? this.#idle.pop() ?? this.#openAnother();
    if (connection === undefined) return undefined;
    connection.inUse += 1;
    if (connection.isShared && connection.inUse < MAX_STREAMS) this.#sharing.add(connection);
    else this.#sharing.delete(connection);
    return connection;
  }

  #openAnother(): Connection | undefined {
    if (this.#open.size >= this.#options.maxConnections) return undefined;
    if (this.#mayShare && this.#connecting !== undefined) return undefined;
    const connection = new Connection(this.#origin, this.#connector, this.#options, this);
    this.#open.add(connection);
    if (this.#mayShare) this.#connecting = connection;
    return connection;
  }

  #park(connection: Connection): void {
    const isSurplus = this.#isClosing || this.#idle.length >= this.#options.maxIdleConnections;
    const isWanted = this.#waiting.size > 0;
    if (connection.isUsable && (isWanted || !isSurplus)) this.#idle.push(connection);
    else this.#remove(connection);
  }

  #remove(connection: Connection): void {
    this.#open.delete(connection);
    this.#sharing.delete(connection);
    if (this.#connecting === connection) this.#connecting = undefined;
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    connection.destroy();
  }
}
