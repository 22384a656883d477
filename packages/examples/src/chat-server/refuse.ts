import type { ServerResponse } from 'node:http';
import { isIntegrationError } from '@integrations/errors';

/** Tells the asker that there is no answer and whether to try again, and nothing of the reasons. */
export function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const { retryable = false, retryAfterMs = Infinity } = isIntegrationError(error) ? error : {};
  if (Number.isFinite(retryAfterMs)) {
    response.setHeader('retry-after', Math.ceil(retryAfterMs / 1000));
  }
  response.writeHead(retryable ? 503 : 502).end('There is no answer now.\n');
}
