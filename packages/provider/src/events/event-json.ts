import { InvalidJsonError, redactText } from '@integrations/errors';
import type { ServerSentEvent } from '@integrations/transport';

/** The JSON that an event of a stream carries. @throws InvalidJsonError */
export function parseEventJson({ data }: ServerSentEvent): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // Its own error quotes a piece of the event, which may be a piece of a key.
    throw new InvalidJsonError(
      `An event of the stream is not valid JSON: ${JSON.stringify(redactText(data).slice(0, 120))}`,
    );
  }
}
