import type { Socket } from 'node:net';

/** The other side has closed; what it said before that may still have to be read. */
const OTHER_SIDE_GONE: ReadonlySet<string | undefined> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNABORTED',
]);

type Written = (error?: Error | null) => void;

/**
 * Keeps a failed write from destroying a socket that still has something to read. A
 * server that refuses an upload answers and closes while bytes are on their way to it;
 * the next write then fails, and Node.js would throw the answer away with the socket.
 * The end of what can be read follows at once, and says that the connection is over.
 */
export function deferWriteFailures(socket: Socket): void {
  const write = socket._write.bind(socket);
  const writeAll = socket._writev?.bind(socket);
  const deferred =
    (written: Written): Written =>
    (error) => {
      const { code } = (error ?? {}) as NodeJS.ErrnoException;
      if (OTHER_SIDE_GONE.has(code) && !socket.readableEnded) return;
      written(error);
    };
  socket._write = (chunk, encoding, written) => write(chunk, encoding, deferred(written));
  if (writeAll === undefined) return;
  socket._writev = (chunks, written) => writeAll(chunks, deferred(written));
}
