import { ConfigurationError } from '@integrations/errors';

/**
 * Takes the place of the class in bundles for browsers, which have no connections to give.
 *
 * @throws ConfigurationError, always.
 */
export function UndiciTransport(): never {
  throw new ConfigurationError(
    'UndiciTransport needs the connections of Node.js, which this platform has not. Use a FetchTransport.',
  );
}
