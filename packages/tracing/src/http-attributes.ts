import type { Attributes } from '@integrations/types';
import { redactUrl } from './redact-url.ts';

/**
 * Whose names stand beside the stable ones of OpenTelemetry: those that the span
 * `openai.http_request` has, those that `mistral.http.request` has, or none.
 */
export type HttpDialect = 'openai' | 'mistral' | 'none';

/** A request that is about to be sent. What is undefined is not recorded. */
export interface HttpRequestFacts {
  readonly method: string;
  readonly url: string | URL;
  /** How many times it was sent before; the first time is not recorded. */
  readonly resendCount?: number | undefined;
  /** The size of the body in bytes, as sent. */
  readonly bodySize?: number | undefined;
}

/** The answer to a request. What is undefined is not recorded. */
export interface HttpResponseFacts {
  readonly status: number;
  /** The size of the body in bytes, as received. */
  readonly bodySize?: number | undefined;
  /** The address that the connection goes to. */
  readonly peerAddress?: string | undefined;
  readonly peerPort?: number | undefined;
}

interface DialectNames {
  readonly method: string;
  readonly url: string;
  readonly status: string;
  readonly responseSize: string | undefined;
  readonly peerAddress: string | undefined;
  readonly peerPort: string | undefined;
}

const DIALECTS: Readonly<Record<Exclude<HttpDialect, 'none'>, DialectNames>> = {
  openai: {
    method: 'method',
    url: 'url',
    status: 'status_code',
    responseSize: undefined,
    peerAddress: 'peer.address',
    peerPort: 'peer.port',
  },
  mistral: {
    method: 'http.method',
    url: 'http.url',
    status: 'http.status_code',
    responseSize: 'http.response_size',
    peerAddress: undefined,
    peerPort: undefined,
  },
};

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

type Entry = readonly [name: string | undefined, value: string | number | undefined];

function attributesOf(entries: readonly Entry[]): Attributes {
  return Object.fromEntries(
    entries.filter(([name, value]) => name !== undefined && value !== undefined),
  ) as Attributes;
}

function server(url: string | URL): Entry[] {
  if (!URL.canParse(String(url))) return [];
  const { protocol, hostname, port } = new URL(url);
  return [
    ['server.address', hostname],
    ['server.port', port === '' ? DEFAULT_PORTS[protocol] : Number(port)],
  ];
}

/** The attributes of an HTTP span at its creation. The address has its secrets taken out. */
export function httpRequestAttributes(
  { method, url, resendCount = 0, bodySize }: HttpRequestFacts,
  dialect: HttpDialect = 'none',
): Attributes {
  const names = dialect === 'none' ? undefined : DIALECTS[dialect];
  const redacted = redactUrl(url);
  return attributesOf([
    ['http.request.method', method],
    ['url.full', redacted],
    ...server(url),
    ['http.request.resend_count', resendCount === 0 ? undefined : resendCount],
    ['http.request.body.size', bodySize],
    [names?.method, method],
    [names?.url, redacted],
  ]);
}

/** The attributes of an HTTP span once it is answered. */
export function httpResponseAttributes(
  { status, bodySize, peerAddress, peerPort }: HttpResponseFacts,
  dialect: HttpDialect = 'none',
): Attributes {
  const names = dialect === 'none' ? undefined : DIALECTS[dialect];
  return attributesOf([
    ['http.response.status_code', status],
    ['http.response.body.size', bodySize],
    ['network.peer.address', peerAddress],
    ['network.peer.port', peerPort],
    [names?.status, status],
    [names?.responseSize, bodySize],
    [names?.peerAddress, peerAddress],
    [names?.peerPort, peerPort],
  ]);
}
