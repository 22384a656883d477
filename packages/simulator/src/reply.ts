/** One server-sent event; `data` is already text. */
export interface ServerEvent {
  readonly event?: string;
  readonly data: string;
}

/** A whole JSON body. */
interface JsonReply {
  readonly kind: 'json';
  /** @default 200 */
  readonly status?: number;
  readonly body: unknown;
  /** Tokens the request costs, for the rate limits. */
  readonly tokens: number;
}

/** A file. */
interface BinaryReply {
  readonly kind: 'binary';
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly tokens: number;
}

/** Nothing but that it worked: 204. */
interface EmptyReply {
  readonly kind: 'empty';
  readonly body: null;
  readonly tokens: number;
}

export const NO_CONTENT: EmptyReply = { kind: 'empty', body: null, tokens: 0 };

/** What was made, as JSON: 201. */
export function createdReply(body: unknown): JsonReply {
  return { kind: 'json', status: 201, tokens: 0, body };
}

/** A whole JSON body that costs no tokens. */
export function jsonReply(body: unknown): JsonReply {
  return { kind: 'json', tokens: 0, body };
}

/** A stream of events, and the JSON body the same request gets without streaming. */
export interface EventStreamReply {
  readonly kind: 'events';
  readonly events: readonly ServerEvent[];
  /** The protocol's end mark, sent after the last event. */
  readonly terminator: ServerEvent;
  /** An error's body as an event, where it is not sent as it is. */
  readonly errorEvent?: (body: unknown) => ServerEvent;
  readonly body: unknown;
  readonly tokens: number;
}

/** What a handler answers. Sending it, with whatever fault is due, is not the handler's business. */
export type Reply = JsonReply | EmptyReply | BinaryReply | EventStreamReply;
