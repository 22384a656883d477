import { ProtocolError } from '@integrations/errors';
import type { Headers, HttpMethod, HttpRequest, HttpRequestBody } from '@integrations/types';
import { addressProblem, describeCall, parseAddress, withoutQuery } from './address.ts';
import { checkBody, listHeaders } from './request-headers.ts';
import { isStreamingBody } from './upload.ts';

/** One request on its way: the first, or one that a redirect led to. */
export interface Hop {
  readonly method: HttpMethod;
  readonly url: URL;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: HttpRequestBody | undefined;
  readonly signal: AbortSignal | undefined;
  /** The hops before this one, as `POST https://host/path?query`. */
  readonly trail: readonly string[];
}

/** Credentials, which never go to another origin than the one they were meant for. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'openai-organization',
  'openai-project',
]);

const CONTENT_FIELD = /^content-/;

/**
 * The first hop of a request, checked.
 *
 * @throws ConfigurationError for an address that must not be called.
 * @throws ValidationError for headers or a body that cannot be sent.
 */
export function firstHop(request: HttpRequest): Hop {
  checkBody(request);
  return {
    method: request.method,
    url: parseAddress(request.url),
    headers: listHeaders(request),
    body: request.body,
    signal: request.signal,
    trail: [],
  };
}

/** Whether a response sends the client elsewhere. */
export function isRedirect(status: number, headers: Headers): boolean {
  if (status < 301 || status > 308) return false;
  const moved = status <= 303 || status >= 307;
  return moved && headers['location'] !== undefined;
}

function becomesGet(status: number, method: HttpMethod): boolean {
  if (status === 303) return method !== 'GET';
  return status <= 302 && method === 'POST';
}

function locate(hop: Hop, status: number, location: string, call: string): URL {
  const fail = (problem: string): ProtocolError =>
    new ProtocolError(
      `${call}: the server redirects to an address that ${problem}. Set the final address as the base URL.`,
      { status },
    );
  if (!URL.canParse(location, hop.url.href)) throw fail('is not a URL');
  const url = new URL(location, hop.url.href);
  url.hash = '';
  const problem = addressProblem(url);
  if (problem !== undefined) throw fail(problem);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw fail('leaves https: for http:');
  }
  return url;
}

function keepHeaders(hop: Hop, url: URL, dropContent: boolean): readonly string[] {
  const sameOrigin = url.origin === hop.url.origin;
  if (sameOrigin && !dropContent) return hop.headers;
  const kept: string[] = [];
  for (let index = 0; index < hop.headers.length; index += 2) {
    const [name = '', value = ''] = hop.headers.slice(index, index + 2);
    if (!sameOrigin && CREDENTIALS.has(name)) continue;
    if (dropContent && CONTENT_FIELD.test(name)) continue;
    kept.push(name, value);
  }
  return kept;
}

/**
 * The request that a redirect asks for. 301, 302 and 303 turn a POST into a GET
 * without body; 307 and 308 repeat it. Credentials stay with their origin.
 *
 * @throws ProtocolError after `maxRedirects` hops, in a loop, and for an address that must not be called.
 */
export function redirectedHop(
  hop: Hop,
  status: number,
  headers: Headers,
  maxRedirects: number,
): Hop {
  const call = describeCall(hop.method, hop.url);
  if (hop.trail.length >= maxRedirects) {
    throw new ProtocolError(
      `${call}: the server redirects once more after ${maxRedirects} redirects. Set the final address as the base URL.`,
      { status },
    );
  }
  const url = locate(hop, status, headers['location'] ?? '', call);
  const dropContent = becomesGet(status, hop.method);
  if (!dropContent && isStreamingBody(hop.body) && hop.body.replayable === false) {
    throw new ProtocolError(
      `${call}: the server redirects a request whose body can be read once only. Set the final address as the base URL.`,
      { status },
    );
  }
  const method = dropContent ? 'GET' : hop.method;
  const trail = [...hop.trail, `${hop.method} ${hop.url.href}`];
  if (trail.includes(`${method} ${url.href}`)) {
    throw new ProtocolError(
      `${call}: the server redirects in a circle, back to ${withoutQuery(url)}. Check the base URL.`,
      { status },
    );
  }
  return {
    method,
    url,
    headers: keepHeaders(hop, url, dropContent),
    body: dropContent ? undefined : hop.body,
    signal: hop.signal,
    trail,
  };
}
