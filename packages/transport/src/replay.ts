import type { IntegrationError } from '@integrations/errors';
import type { HttpRequestBody } from '@integrations/types';
import { isStreamingBody } from './upload.ts';

const WHY =
  'It is not tried again, since its body came from a source that can be read once only; for uploads that can be repeated give a file, a blob or bytes.';

/**
 * The error of a request, marked as not retryable where the request can't be repeated:
 * its body was read, and there is no second reading of it. The class stays what it is.
 */
export function withoutReplay<E extends IntegrationError>(
  error: E,
  body: HttpRequestBody | undefined,
): E {
  const isLost = isStreamingBody(body) && body.replayable === false;
  if (!isLost || !error.retryable) return error;
  return Object.defineProperties(error, {
    retryable: { value: false },
    message: { value: `${error.message} ${WHY}` },
  });
}
