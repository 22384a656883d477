import { ConfigurationError } from '@integrations/errors';
import { isLoopback } from '@integrations/transport';
import type { Schema } from '@integrations/types';

/**
 * Checks where an API is said to be, and writes it without a slash at its end.
 *
 * @throws ConfigurationError unless it is `https:`, or `http:` on a loopback host,
 *   without credentials, query and fragment.
 */
export function checkBaseURL(baseURL: string): string {
  let url: URL;
  try {
    url = new URL(baseURL);
  } catch (cause) {
    throw new ConfigurationError(
      `\`baseURL\` must be an absolute address such as https://host/v1, but is ${JSON.stringify(baseURL)}.`,
      { cause },
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ConfigurationError(`\`baseURL\` must begin with https://, not ${url.protocol}//.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(
      '`baseURL` must not hold credentials: use `apiKey` or `defaultHeaders`.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigurationError(
      `\`baseURL\` must begin with https:// (http:// would send the key to ${url.hostname} unencrypted; it is for loopback hosts only).`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ConfigurationError('`baseURL` must have no query or fragment: use `defaultQuery`.');
  }
  // Not the text itself: it may have blanks or a line break around it.
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The setting `baseURL`, for a provider's table: an address that a client would take. */
export function asBaseURL(): Schema<string> {
  return { parse: (value) => checkBaseURL(value as string) };
}
