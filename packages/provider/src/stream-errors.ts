import {
  ConnectionError,
  type IntegrationError,
  isIntegrationError,
  ProtocolError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
} from '@integrations/errors';

/** Which stream an error speaks of, and how far it came. */
export interface StreamPlace {
  /** `openai chat.create`. */
  readonly call: string;
  readonly status: number;
  readonly requestId: string | undefined;
  /** Items decoded so far. */
  readonly events: number;
}

type Details = Pick<StreamPlace, 'status' | 'requestId'>;

function detailsOf({ status, requestId }: StreamPlace): Details {
  return { status, requestId };
}

/** The connection ended before the protocol's end mark. */
export function truncated(at: StreamPlace, cause: unknown): StreamTruncatedError {
  return new StreamTruncatedError(
    `${at.call}: the stream ended after ${at.events} events without its end mark, so the answer is not complete. Call again if you need all of it.`,
    { ...detailsOf(at), cause },
  );
}

/** There was an end mark and nothing before it. */
export function empty(at: StreamPlace): ProtocolError {
  return new ProtocolError(
    `${at.call}: the stream ended properly but held no event.`,
    detailsOf(at),
  );
}

/** The body could not be read on; what says so may be of a transport that throws anything. */
export function broken(at: StreamPlace, cause: unknown): IntegrationError {
  if (isIntegrationError(cause)) return cause;
  return new ConnectionError(
    `${at.call}: the connection broke after ${at.events} events, so the answer is not complete. Call again if you need all of it.`,
    { ...detailsOf(at), cause },
  );
}

/** An event arrived and nothing could be made of it. */
export function unreadable(at: StreamPlace, cause: unknown): IntegrationError {
  if (isIntegrationError(cause)) return cause;
  return new ProtocolError(`${at.call}: the stream could not be read after ${at.events} events.`, {
    ...detailsOf(at),
    cause,
  });
}

/** Somebody waited for an event, and none came. */
export function silent(at: StreamPlace, ms: number): StreamIdleTimeoutError {
  return new StreamIdleTimeoutError(
    `${at.call}: the stream sent no event for ${ms} ms after ${at.events} events. Raise \`streamIdleTimeout\` if the model may think that long.`,
    detailsOf(at),
  );
}

/** Whether an event made no sense because the end of the stream cut it off. */
export function isOfHalfAnEvent(error: IntegrationError | undefined): boolean {
  return error?.code === 'invalid_json' || error?.code === 'protocol';
}
