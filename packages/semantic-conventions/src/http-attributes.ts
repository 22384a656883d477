import type { Attributes } from '@integrations/types';
import { addPresent, type AttributeSet } from './attribute-set.ts';

/**
 * Whose names stand beside the stable ones of OpenTelemetry: those that the span
 * `openai.http_request` has, those that `mistral.http.request` has, or none.
 */
export type HttpDialect = 'openai' | 'mistral' | 'none';

/** A request that is about to be sent. What is undefined is not recorded. */
export interface HttpRequestFacts {
  readonly method: string;
  /** As it may be recorded: nothing is taken out of it here. */
  readonly url: string;
  /** @default the host of `url` */
  readonly serverAddress?: string | undefined;
  /** @default the port of `url`, where `serverAddress` is left out */
  readonly serverPort?: number | undefined;
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

/** Where a URL leads. Empty for what is no URL. */
export interface ServerFacts {
  readonly serverAddress?: string;
  readonly serverPort?: number | undefined;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The host and the port of a URL: the same for every call of a client, so read them once. */
export function serverOf(url: string): ServerFacts {
  const parsed = URL.parse(url);
  if (parsed === null) return {};
  const { protocol, hostname, port } = parsed;
  const serverPort = port === '' ? DEFAULT_PORTS[protocol] : Number(port);
  return { serverAddress: hostname, serverPort };
}

/** The attributes of an HTTP span at its creation. */
export function httpRequestAttributes(
  facts: HttpRequestFacts,
  dialect: HttpDialect = 'none',
): Attributes {
  const { method, url, resendCount = 0, bodySize } = facts;
  const { serverAddress, serverPort } = facts.serverAddress === undefined ? serverOf(url) : facts;
  const attributes: AttributeSet = { 'http.request.method': method, 'url.full': url };
  addPresent(attributes, 'server.address', serverAddress);
  addPresent(attributes, 'server.port', serverPort);
  if (resendCount > 0) attributes['http.request.resend_count'] = resendCount;
  addPresent(attributes, 'http.request.body.size', bodySize);
  if (dialect === 'openai') {
    attributes['method'] = method;
    attributes['url'] = url;
  } else if (dialect === 'mistral') {
    attributes['http.method'] = method;
    attributes['http.url'] = url;
  }
  return attributes;
}

/** The attributes of an HTTP span once it is answered. */
export function httpResponseAttributes(
  { status, bodySize, peerAddress, peerPort }: HttpResponseFacts,
  dialect: HttpDialect = 'none',
): Attributes {
  const attributes: AttributeSet = { 'http.response.status_code': status };
  addPresent(attributes, 'http.response.body.size', bodySize);
  addPresent(attributes, 'network.peer.address', peerAddress);
  addPresent(attributes, 'network.peer.port', peerPort);
  if (dialect === 'openai') {
    attributes['status_code'] = status;
    addPresent(attributes, 'peer.address', peerAddress);
    addPresent(attributes, 'peer.port', peerPort);
  } else if (dialect === 'mistral') {
    attributes['http.status_code'] = status;
    addPresent(attributes, 'http.response_size', bodySize);
  }
  return attributes;
}
