import { ConfigurationError } from '@integrations/errors';
import type { HttpTransport } from '@integrations/types';
import { FetchTransport } from './fetch-transport.ts';
import type { PlatformTransportOptions } from '../platform-transport-options.ts';

/** `createPlatformTransport` in bundles for browsers. */
export function createPlatformTransport({ proxy }: PlatformTransportOptions = {}): HttpTransport {
  if (proxy === undefined) return new FetchTransport();
  throw new ConfigurationError('`proxy` has no effect in a browser, which has its own settings.');
}
