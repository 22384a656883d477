import { toNetworkError } from './network-error.ts';
import {
  type FetchPlatform,
  type FetchTransportOptions,
  PlatformFetchTransport,
} from './platform-fetch-transport.ts';
import { redirectedHop } from './redirect.ts';

const SERVER: FetchPlatform = {
  toError: toNetworkError,
  redirect: redirectedHop,
  streamsUploads: undefined,
};

/**
 * Carries requests over `fetch`: for browsers, and for whoever brings a `fetch` of
 * their own. Keeps the same rules as `UndiciTransport`; connections and their
 * timeouts are the platform's. In a bundle for browsers, which hide where a redirect
 * leads, any redirect is a `ProtocolError`.
 */
export class FetchTransport extends PlatformFetchTransport {
  /** @throws ConfigurationError for an option that is out of range, and where there is no `fetch`. */
  constructor(options: FetchTransportOptions = {}) {
    super(SERVER, options);
  }
}
