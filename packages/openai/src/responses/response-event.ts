import type { IntegrationError } from '@integrations/errors';
import { STREAM_END } from '@integrations/provider';
import type { ResponseStreamEvent } from './events/stream-event.ts';

/** Each response ends with exactly one of these. A failure is an error to who reads on. */
export function endOfResponse(
  event: ResponseStreamEvent,
  toApiError: (body: unknown) => IntegrationError,
): typeof STREAM_END | IntegrationError | undefined {
  switch (event.type) {
    case 'response.completed':
    case 'response.incomplete':
      return STREAM_END;
    case 'response.failed':
      return toApiError({ error: event.response?.error ?? {} });
    default:
      return undefined;
  }
}
