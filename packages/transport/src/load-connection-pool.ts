import { ConfigurationError } from '@integrations/errors';
import type * as ConnectionPoolModule from './connection-pool.ts';

/**
 * The module of `ConnectionPool`, loaded late: undici and Node.js's TLS, which it stands
 * on, take longer to load than everything else here, and a process may never call.
 *
 * @param call what needs it, for the message: `POST https://host/path`.
 * @throws ConfigurationError when undici is missing or broken.
 */
export async function loadConnectionPool(call: string): Promise<typeof ConnectionPoolModule> {
  try {
    return await import('./connection-pool.ts');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(
      `${call}: undici, which carries the requests, could not be loaded (${reason}). Install it again, or use a FetchTransport. Nothing was sent.`,
      { cause },
    );
  }
}
