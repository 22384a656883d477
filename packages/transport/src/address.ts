import { ConfigurationError } from '@integrations/errors';
import type { HttpMethod } from '@integrations/types';

const LOOPBACK_IPV4 = /^127(?:\.\d+){3}$/;

/** Whether a host (as `URL.hostname` writes it) is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    LOOPBACK_IPV4.test(hostname)
  );
}

/** Why an address must not be called, as the end of a sentence; undefined where it may. */
export function addressProblem(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') {
    return 'holds a user name or password; send credentials in a header';
  }
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return `uses ${url.protocol} where only https: is allowed`;
  if (isLoopback(url.hostname)) return undefined;
  return 'uses http:, which would send credentials unencrypted; use https: (http: is for loopback hosts only)';
}

/** The address without query, fragment and credentials: fit for messages. */
export function withoutQuery(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** A request as messages name it: `POST https://host/path`. */
export function describeCall(method: HttpMethod, url: URL): string {
  return `${method} ${withoutQuery(url)}`;
}

/**
 * Reads the address of a request.
 *
 * @throws ConfigurationError when it is not absolute, or neither `https:` nor `http:` on a loopback host.
 */
export function parseAddress(address: string): URL {
  if (!URL.canParse(address)) {
    throw new ConfigurationError(
      'The address of the request is not an absolute URL; set a base URL such as https://host/v1. Nothing was sent.',
    );
  }
  const url = new URL(address);
  const problem = addressProblem(url);
  if (problem === undefined) return url;
  throw new ConfigurationError(`${withoutQuery(url)} ${problem}. Nothing was sent.`);
}
