import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import type { SecureVersion, TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';

/** A server on 127.0.0.1, and the sockets that clients opened to it. */
export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** Such as `http://127.0.0.1:12345`. */
  readonly origin: string;
  /** Every socket that was ever accepted. */
  readonly sockets: readonly Socket[];
  /** Accepted sockets that are still open. */
  openSockets(): number;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function listen(server: Server, scheme: string): Promise<LocalServer> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    // A client that hangs up on purpose is no fault of the test.
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    sockets,
    openSockets: () => sockets.filter((socket) => !socket.destroyed).length,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** An HTTP server. */
export function serveHttp(listener: RequestListener): Promise<LocalServer> {
  return listen(createHttpServer(listener), 'http');
}

/** An HTTP server that has read the body of a request before it answers. */
export function serveRead(
  listener: (request: IncomingMessage, response: ServerResponse, body: Buffer) => unknown,
): Promise<LocalServer> {
  return serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void listener(request, response, Buffer.concat(chunks)));
  });
}

/** A server that speaks whatever the test writes. */
export function serveTcp(onSocket: (socket: Socket) => void): Promise<LocalServer> {
  return listen(createTcpServer(onSocket), 'http');
}

/** A server that reads one request head and then answers with the given text. */
export function serveText(
  answer: string,
  afterwards: 'end' | 'reset' | 'wait' = 'wait',
): Promise<LocalServer> {
  return serveTcp((socket) => {
    socket.once('data', () => {
      socket.write(answer, 'latin1', () => {
        if (afterwards === 'end') socket.end();
        if (afterwards === 'reset') socket.resetAndDestroy();
      });
    });
  });
}

/** An HTTPS server. */
export function serveHttps(
  certificate: Certificate,
  listener: RequestListener,
  options: TlsOptions & { maxVersion?: SecureVersion } = {},
): Promise<LocalServer> {
  const { key, cert } = certificate;
  return listen(createHttpsServer({ key, cert, ...options }, listener), 'https');
}

/** An HTTP/2 server over TLS, with HTTP/1.1 for who does not speak it. */
export async function serveHttp2(
  certificate: Certificate,
  setUp: (server: Http2SecureServer) => void,
): Promise<LocalServer> {
  const { key, cert } = certificate;
  const server = createSecureServer({ key, cert, allowHTTP1: true });
  setUp(server);
  return listen(server, 'https');
}

/** A key and its self-signed certificate, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes a self-signed certificate. */
export async function makeCertificate(
  names: { readonly ip?: string; readonly dns?: string },
  validity: { readonly from?: Date; readonly to?: Date } = {},
): Promise<Certificate> {
  const altNames = [
    ...(names.ip === undefined ? [] : [{ type: 7 as const, ip: names.ip }]),
    ...(names.dns === undefined ? [] : [{ type: 2 as const, value: names.dns }]),
  ];
  const made = await generate([{ name: 'commonName', value: 'local test' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames },
    ],
    ...(validity.from === undefined ? {} : { notBeforeDate: validity.from }),
    ...(validity.to === undefined ? {} : { notAfterDate: validity.to }),
  });
  return { key: made.private, cert: made.cert };
}

/** Resolves once `condition` holds; the event loop turns in between. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with ${String(error)}, which is no error`, { cause: error });
  }
  throw new Error('resolved, where a rejection was expected');
}

export function text(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** All chunks of a body as one text. */
export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
