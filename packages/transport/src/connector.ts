import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '@integrations/types';
import { type buildConnector, errors } from 'undici';
import { guardHttp2Streams } from './http2-stream-errors.ts';

/** Certificates in PEM form. */
export type CertificateAuthorities = string | Uint8Array | readonly (string | Uint8Array)[];

/** How connections to one origin are made. */
export interface ConnectorOptions {
  /** Milliseconds; 0 for no limit. */
  readonly connectTimeout: number;
  readonly ca: CertificateAuthorities | undefined;
  readonly http2: boolean;
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

  /** Calls back once: with the socket when it is connected and trusted, or with what went wrong. */
  open(target: buildConnector.Options, callback: buildConnector.Callback): Socket {
    const isSecure = target.protocol === 'https:';
    const socket = isSecure ? this.#openTls(target) : this.#openTcp(target);
    socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    socket.setNoDelay(true);
    const timer = this.#startTimer(socket);
    let isSettled = false;
    const settle = (): boolean => {
      if (isSettled) return false;
      isSettled = true;
      timer?.[Symbol.dispose]();
      return true;
    };
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      if (settle()) callback(null, socket);
    });
    socket.on('error', (error) => {
      if (settle()) callback(error, null);
    });
    return socket;
  }

  #openTcp({ hostname, port }: buildConnector.Options): Socket {
    return connectTcp({ host: hostname, port: Number(port || 80) });
  }

  #openTls({ hostname, port }: buildConnector.Options): Socket {
    const socket = connectTls({
      host: hostname,
      port: Number(port || 443),
      // An address is no server name; the certificate is then checked against the address.
      servername: isIP(hostname) === 0 ? hostname : '',
      ALPNProtocols: this.#options.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
      minVersion: 'TLSv1.2',
      ciphers: CIPHERS,
      // Said outright because an environment variable could turn it off.
      rejectUnauthorized: true,
      ...(this.#ca === undefined ? {} : { ca: this.#ca }),
      ...(this.#session === undefined ? {} : { session: this.#session }),
    });
    if (this.#options.http2) guardHttp2Streams(socket);
    socket.on('session', (session) => {
      this.#session = session;
    });
    return socket;
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
