import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, TLSSocket } from 'node:tls';
import type { Clock } from '@integrations/types';
import { type buildConnector, errors } from 'undici';
import { guardHttp2Streams } from './http2-stream-errors.ts';
import type { HttpProxy, ProxyTarget } from './proxy.ts';
import { openTunnel } from './proxy-tunnel.ts';

/** Certificates in PEM form. */
export type CertificateAuthorities = string | Uint8Array | readonly (string | Uint8Array)[];

/** How connections to one origin are made. */
export interface ConnectorOptions {
  /** Milliseconds; 0 for no limit. */
  readonly connectTimeout: number;
  readonly ca: CertificateAuthorities | undefined;
  readonly http2: boolean;
  readonly proxy: HttpProxy | undefined;
  readonly clock: Clock;
}

const TCP_KEEP_ALIVE_MS = 60_000;

/** TLS 1.3 first, then TLS 1.2 with forward secrecy and authenticated encryption only. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

function toPem(certificate: string | Uint8Array): string | Buffer {
  return typeof certificate === 'string' ? certificate : Buffer.from(certificate);
}

function toPemList(ca: CertificateAuthorities): (string | Buffer)[] {
  return typeof ca === 'string' || ca instanceof Uint8Array ? [toPem(ca)] : ca.map(toPem);
}

/** Opens the sockets of one origin, and remembers its TLS session so that later ones are cheaper. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #ca: (string | Buffer)[] | undefined;
  #session: Buffer | undefined;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#ca = options.ca === undefined ? undefined : toPemList(options.ca);
  }

  /**
   * Calls back once: with the socket when it leads to the target and is trusted, or with
   * what went wrong. Returns the connection below it, which is the same one unless there
   * is a proxy between.
   */
  open(target: buildConnector.Options, callback: buildConnector.Callback): Socket {
    const isSecure = target.protocol === 'https:';
    const end = { hostname: target.hostname, port: target.port || (isSecure ? '443' : '80') };
    const { proxy } = this.#options;
    const route = proxy?.serves(end) ? proxy : undefined;
    const socket =
      route === undefined ? this.#openSocket(end, isSecure) : this.#openProxySocket(route);
    socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    socket.setNoDelay(true);
    const timer = this.#startTimer(socket);
    let isSettled = false;
    const settle = (error: Error | null, connected: Socket): void => {
      if (isSettled) return;
      isSettled = true;
      timer?.[Symbol.dispose]();
      if (error === null) callback(null, connected);
      else callback(error, null);
    };
    const fail = (error: Error): void => settle(error, socket);
    const onceReady = (ready: Socket, run: () => void): void => {
      ready.on('error', fail);
      ready.once(ready instanceof TLSSocket ? 'secureConnect' : 'connect', run);
    };
    onceReady(socket, () => {
      if (route === undefined) {
        settle(null, socket);
        return;
      }
      openTunnel(socket, route, end, () => {
        if (!isSecure) {
          settle(null, socket);
          return;
        }
        const secured = this.#openTls(end, socket);
        onceReady(secured, () => settle(null, secured));
      });
    });
    return socket;
  }

  #openSocket(end: ProxyTarget, isSecure: boolean): Socket {
    if (isSecure) return this.#openTls(end);
    return connectTcp({ host: end.hostname, port: Number(end.port) });
  }

  #openProxySocket(proxy: HttpProxy): Socket {
    if (proxy.isSecure) return connectTls(this.#tlsOptions(proxy));
    return connectTcp({ host: proxy.hostname, port: Number(proxy.port) });
  }

  /** @param through the connection that TLS is spoken over. @default one of its own */
  #openTls(end: ProxyTarget, through?: Socket): Socket {
    const socket = connectTls({
      ...this.#tlsOptions(end),
      ALPNProtocols: this.#options.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
      ...(through === undefined ? {} : { socket: through }),
      ...(this.#session === undefined ? {} : { session: this.#session }),
    });
    if (this.#options.http2) guardHttp2Streams(socket);
    socket.on('session', (session) => {
      this.#session = session;
    });
    return socket;
  }

  #tlsOptions({ hostname, port }: ProxyTarget): ConnectionOptions {
    return {
      host: hostname,
      port: Number(port),
      // An address is no server name; the certificate is then checked against the address.
      servername: isIP(hostname) === 0 ? hostname : '',
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      ciphers: CIPHERS,
      // Said outright because an environment variable could turn it off.
      rejectUnauthorized: true,
      ...(this.#ca === undefined ? {} : { ca: this.#ca }),
    };
  }

  #startTimer(socket: Socket): Disposable | undefined {
    const { clock, connectTimeout } = this.#options;
    if (connectTimeout === 0) return undefined;
    return clock.schedule(() => {
      socket.destroy(
        new errors.ConnectTimeoutError(`not connected after ${connectTimeout} milliseconds`),
      );
    }, connectTimeout);
  }
}
