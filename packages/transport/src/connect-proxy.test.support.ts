import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { type Certificate, listen, type LocalServer } from './local-servers.test.support.ts';

/** A proxy, and what it was asked for. */
export interface ConnectProxy extends LocalServer {
  /** Such as `127.0.0.1:443`, in order. */
  readonly destinations: readonly string[];
  readonly requests: readonly IncomingMessage[];
}

/**
 * A proxy on 127.0.0.1 that makes tunnels.
 *
 * @param refuse a status to refuse with; undefined to connect.
 * @param certificate makes it speak TLS itself.
 */
export async function serveConnectProxy(
  refuse: (request: IncomingMessage) => number | undefined = () => undefined,
  certificate?: Certificate,
): Promise<ConnectProxy> {
  const requests: IncomingMessage[] = [];
  const destinations: string[] = [];
  const server = certificate === undefined ? createServer() : createSecureServer(certificate);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    requests.push(request);
    destinations.push(request.url ?? '');
    client.on('error', () => undefined);
    const status = refuse(request);
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 6\r\n\r\nsecret`);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  const local = await listen(server, certificate === undefined ? 'http' : 'https');
  return Object.assign(local, { requests, destinations });
}
