import { type Clock, type Duration, systemClock } from '@integrations/types';
import type { CertificateAuthorities } from './connector.ts';
import { countOption, durationOption } from './option-checks.ts';

/** Settings of an `UndiciTransport`. Durations are milliseconds or texts such as `'90s'`. */
export interface UndiciTransportOptions {
  /** Idle connections kept for each origin; more are closed. @default 10 */
  readonly maxIdleConnections?: number | undefined;
  /** Open connections for each origin; further requests wait for one. @default Infinity */
  readonly maxConnections?: number | undefined;
  /** Time after which an idle connection is closed; a server's own hint may shorten it. @default '90s' */
  readonly keepAliveTimeout?: Duration | undefined;
  /** Time to connect, TLS included. 0 means no limit. @default '10s' */
  readonly connectTimeout?: Duration | undefined;
  /**
   * Time from the sent request to the response's head. 0 means no limit. Above one
   * second it is kept to within about half a second.
   *
   * @default 0
   */
  readonly headersTimeout?: Duration | undefined;
  /** Largest body that `send` reads, in bytes. @default 268435456 (256 MiB) */
  readonly maxResponseBytes?: number | undefined;
  /** Unread bytes of a stream at which the server is made to wait. @default 65536 (64 KiB) */
  readonly streamBufferBytes?: number | undefined;
  /** Redirects followed for one request; one more is a `ProtocolError`. @default 5 */
  readonly maxRedirects?: number | undefined;
  /** Whether to offer HTTP/2, which lets requests share one connection. @default false */
  readonly http2?: boolean | undefined;
  /** Certificate authorities in PEM form, trusted in place of Node's own list. @default Node's list */
  readonly ca?: CertificateAuthorities | undefined;
  /** Source of time for the connect timeout. @default systemClock */
  readonly clock?: Clock | undefined;
}

/** The settings with their defaults, durations in milliseconds. */
export interface ResolvedOptions {
  readonly maxIdleConnections: number;
  readonly maxConnections: number;
  readonly keepAliveTimeout: number;
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  readonly maxResponseBytes: number;
  readonly streamBufferBytes: number;
  readonly maxRedirects: number;
  readonly http2: boolean;
  readonly ca: CertificateAuthorities | undefined;
  readonly clock: Clock;
}

/** @throws ConfigurationError that names the option which is wrong. */
export function resolveOptions(options: UndiciTransportOptions): ResolvedOptions {
  return {
    maxIdleConnections: countOption('maxIdleConnections', options.maxIdleConnections ?? 10, 0),
    maxConnections: countOption('maxConnections', options.maxConnections ?? Infinity, 1),
    keepAliveTimeout: durationOption('keepAliveTimeout', options.keepAliveTimeout ?? '90s', 1),
    connectTimeout: durationOption('connectTimeout', options.connectTimeout ?? '10s', 0),
    headersTimeout: durationOption('headersTimeout', options.headersTimeout ?? 0, 0),
    maxResponseBytes: countOption('maxResponseBytes', options.maxResponseBytes ?? 2 ** 28, 0),
    streamBufferBytes: countOption('streamBufferBytes', options.streamBufferBytes ?? 2 ** 16, 1),
    maxRedirects: countOption('maxRedirects', options.maxRedirects ?? 5, 0),
    http2: options.http2 ?? false,
    ca: options.ca,
    clock: options.clock ?? systemClock,
  };
}
