import type { HttpTransport } from '@integrations/types';
import type { PlatformTransportOptions } from './platform-transport-options.ts';
import { UndiciTransport } from './undici-transport.ts';

/**
 * The transport that suits where the program runs: connections of its own, by an
 * `UndiciTransport`, or `fetch` where this package was bundled for a browser.
 *
 * @throws ConfigurationError for a `proxy` that cannot be one, and for any in a browser.
 */
export function createPlatformTransport(options: PlatformTransportOptions = {}): HttpTransport {
  return new UndiciTransport(options);
}
