import { request } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionError } from '@integrations/errors';
import type { HttpProxy, ProxyTarget } from './proxy.ts';

/** The proxy answers, and may think better of it later. */
const MAY_PASS = new Set([408, 429, 500, 502, 503, 504]);

function refusal(proxy: HttpProxy, destination: string, status: number): ConnectionError {
  const what = `The proxy ${proxy.name} answered ${status} when asked for a connection to ${destination}.`;
  const advice =
    status === 407
      ? 'Give the user and password that it wants in `proxy`.'
      : 'Check that it may connect there.';
  return new ConnectionError(`${what} ${advice}`, { retryable: MAY_PASS.has(status) });
}

/** Where a CONNECT leads; addresses of IPv6 in brackets. */
function authority({ hostname, port }: ProxyTarget): string {
  return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}

/**
 * Asks a proxy, over a socket to it, for a connection to the target (RFC 9110, section
 * 9.3.6). Calls back when the socket leads there; otherwise the socket is destroyed
 * with the reason.
 */
export function openTunnel(
  socket: Socket,
  proxy: HttpProxy,
  target: ProxyTarget,
  onOpen: () => void,
): void {
  const destination = authority(target);
  const { authorization } = proxy;
  const asking = request({
    method: 'CONNECT',
    path: destination,
    createConnection: () => socket,
    headers: {
      host: destination,
      'proxy-connection': 'keep-alive',
      ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
    },
  });
  asking.on('connect', ({ statusCode = 0 }, _socket, head) => {
    if (statusCode < 200 || statusCode > 299) {
      socket.destroy(refusal(proxy, destination, statusCode));
      return;
    }
    if (head.length > 0) socket.unshift(head);
    onOpen();
  });
  asking.on('error', (error) => {
    if (!socket.destroyed) socket.destroy(error);
  });
  asking.end();
}
