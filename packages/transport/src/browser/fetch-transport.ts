import { ConnectionError, isIntegrationError, ProtocolError } from '@integrations/errors';
import { describeCall } from '../address.ts';
import {
  type FetchPlatform,
  type FetchTransportOptions,
  PlatformFetchTransport,
} from '../platform-fetch-transport.ts';

const BROWSER: FetchPlatform = {
  /** Browsers tell pages nothing of what went wrong. */
  toError: (error, call) => {
    if (isIntegrationError(error)) return error;
    const problem = error instanceof Error ? error.message : String(error);
    return new ConnectionError(
      `${call}: the connection failed (${problem}). Check that the host is reachable, and that it lets pages call it (CORS).`,
      { cause: error },
    );
  },
  redirect: ({ method, url }, status) => {
    throw new ProtocolError(
      `${describeCall(method, url)}: the server redirects. Set the final address as the base URL.`,
      { status },
    );
  },
  // Those that can do it want HTTP/2 for it, which nobody can know before.
  streamsUploads: false,
};

/** `FetchTransport` in bundles for browsers. */
export class FetchTransport extends PlatformFetchTransport {
  constructor(options: FetchTransportOptions = {}) {
    super(BROWSER, options);
  }
}
