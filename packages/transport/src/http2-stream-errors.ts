import { subscribe } from 'node:diagnostics_channel';
import type { ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

const MARK = Symbol('socket of this transport');

let isSubscribed = false;

function isOurs(stream: ClientHttp2Stream): boolean {
  const socket = stream.session?.socket as { [MARK]?: true } | undefined;
  return socket?.[MARK] === true;
}

function keepFromCrashing(message: unknown): void {
  const { stream } = message as { stream: ClientHttp2Stream };
  // The request has its error from undici; this listener only has to be there.
  if (isOurs(stream)) stream.on('error', () => undefined);
}

/**
 * Keeps the HTTP/2 streams of a socket from ending the process. When a connection
 * breaks, Node reports it on every stream, and on those of aborted requests undici
 * has stopped listening: an `error` event without listener is an uncaught exception.
 */
export function guardHttp2Streams(socket: Socket): void {
  if (!isSubscribed) {
    isSubscribed = true;
    subscribe('http2.client.stream.created', keepFromCrashing);
  }
  (socket as { [MARK]?: true })[MARK] = true;
}
