import { countOption, durationOption } from '@integrations/errors';
import { type Clock, type Duration, systemClock } from '@integrations/types';
import type { CertificateAuthorities } from './connector.ts';
import { HttpProxy, type ProxyOption } from './proxy.ts';
import {
  type ResponseLimitOptions,
  type ResponseLimits,
  resolveResponseLimits,
} from './response-limits.ts';

/** Settings of an `UndiciTransport`. Durations are milliseconds or texts such as `'90s'`. */
export interface UndiciTransportOptions extends ResponseLimitOptions {
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
  /** Whether to offer HTTP/2, which lets requests share one connection. @default false */
  readonly http2?: boolean | undefined;
  /** Certificate authorities in PEM form, trusted in place of Node's own list. @default Node's list */
  readonly ca?: CertificateAuthorities | undefined;
  /**
   * The HTTP proxy that connections go through, by a tunnel of its own for each: it sees
   * which hosts are called, and nothing of the calls. Its certificate is checked as any.
   * @default none, whatever the environment says; `proxyFromEnvironment()` asks it
   */
  readonly proxy?: ProxyOption | undefined;
  /** Source of time for the connect timeout. @default systemClock */
  readonly clock?: Clock | undefined;
}

/** The settings with their defaults, durations in milliseconds. */
export interface ResolvedOptions extends ResponseLimits {
  readonly maxIdleConnections: number;
  readonly maxConnections: number;
  readonly keepAliveTimeout: number;
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  readonly http2: boolean;
  readonly ca: CertificateAuthorities | undefined;
  readonly proxy: HttpProxy | undefined;
  readonly clock: Clock;
}

/** Timers take a signed 32-bit delay; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Whole milliseconds, as undici wants them. */
function timerOption(option: string, value: Duration, least: number): number {
  return Math.min(Math.ceil(durationOption(option, value, { least })), LONGEST_TIMER_MS);
}

/** @throws ConfigurationError that names the option which is wrong. */
export function resolveOptions(options: UndiciTransportOptions): ResolvedOptions {
  const maxIdleConnections = options.maxIdleConnections ?? 10;
  const maxConnections = options.maxConnections ?? Infinity;
  return {
    ...resolveResponseLimits(options),
    maxIdleConnections: countOption('maxIdleConnections', maxIdleConnections, { least: 0 }),
    maxConnections: countOption('maxConnections', maxConnections, { least: 1 }),
    keepAliveTimeout: timerOption('keepAliveTimeout', options.keepAliveTimeout ?? '90s', 1),
    connectTimeout: timerOption('connectTimeout', options.connectTimeout ?? '10s', 0),
    headersTimeout: timerOption('headersTimeout', options.headersTimeout ?? 0, 0),
    http2: options.http2 ?? false,
    ca: options.ca,
    proxy: options.proxy === undefined ? undefined : new HttpProxy(options.proxy),
    clock: options.clock ?? systemClock,
  };
}
