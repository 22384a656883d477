import { ConfigurationError, wrongOption } from '@integrations/errors';
import { createPlatformTransport, FetchTransport, type ProxyOption } from '@integrations/transport';
import type { HttpTransport } from '@integrations/types';
import { isBrowser } from './browser.ts';
import type { CoreOptions } from './core-options.ts';

/** The options that say what carries the requests. Only one of them can be right. */
export const CARRIERS = ['transport', 'fetch', 'proxy'] as const;

/** Options that say what carries the requests. */
export interface CarrierOptions extends Pick<CoreOptions, 'transport' | 'fetch'> {
  readonly proxy?: ProxyOption | undefined;
}

/** @throws ConfigurationError where two options say what carries the requests, or one cannot. */
export function checkCarriers(options: CarrierOptions): void {
  const given = CARRIERS.filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    const names = given.map((name) => `\`${name}\``).join(' and ');
    throw new ConfigurationError(
      `${names} cannot be combined: each says what carries the requests. Give one of them.`,
    );
  }
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    throw wrongOption('fetch', 'a function that acts like globalThis.fetch', options.fetch);
  }
  if (options.proxy !== undefined && isBrowser()) {
    throw new ConfigurationError('`proxy` has no effect in a browser, which has its own settings.');
  }
}

/**
 * Makes what carries the requests of a client whose user brought no transport.
 *
 * @throws ConfigurationError for a `proxy` that cannot be one.
 */
export function createTransport({ fetch, proxy }: CarrierOptions): HttpTransport {
  if (fetch !== undefined) return new FetchTransport({ fetch });
  if (isBrowser()) return new FetchTransport();
  return createPlatformTransport({ proxy });
}
