import type { IntegrationError } from '@integrations/errors';
import type { QueryParameters, ServerSentEvent } from '@integrations/transport';
import type { HttpMethod } from '@integrations/types';
import type { TokenUsage } from './token-usage.ts';

/** One method of a provider's API, as data. */
export interface Endpoint<Body = unknown> {
  /** Names the span and the log line: `chat.create`. Its first part labels metrics. */
  readonly operation: string;
  readonly method: HttpMethod;
  /** Below the base URL; parameters in braces: `/models/{model}`. */
  readonly path: string;
  /** @throws ValidationError when the body cannot be right. */
  readonly validate?: (body: Body) => void;
  /** The tokens that the provider will charge at most, as far as the body tells. @default 0 */
  readonly estimateTokens?: (body: Body) => number;
}

/** A method that answers with one JSON object. */
export interface JsonEndpoint<Body, Result> extends Endpoint<Body> {
  /** A member that every right answer has, to tell it from a wrong one. */
  readonly resultKey: keyof Result & string;
  /** Makes the result from the decoded body, where they differ. */
  readonly toResult?: (body: Result) => Result;
  readonly usage?: (result: Result) => TokenUsage | undefined;
}

/** The event said that the stream is complete. */
export const STREAM_END: unique symbol = Symbol('stream end');

/** The event says nothing to the reader. */
export const STREAM_SKIP: unique symbol = Symbol('stream skip');

/** What an event of a stream means. */
export type DecodedEvent<Item> = Item | typeof STREAM_END | typeof STREAM_SKIP;

/** A method that answers with server-sent events. */
export interface StreamEndpoint<Body, Item> extends Endpoint<Body> {
  /**
   * @param toApiError makes the typed error for an error that the stream carries.
   * @throws the error that the event carries, or InvalidJsonError.
   */
  readonly decode: (
    event: ServerSentEvent,
    toApiError: (body: unknown) => IntegrationError,
  ) => DecodedEvent<Item>;
  /** The usage that an item reports, if it does; the last one counts. */
  readonly usage?: (item: Item) => TokenUsage | undefined;
}

/** What one call passes to an endpoint. */
export interface EndpointRequest<Body = unknown> {
  /** Values for the path's parameters; each is encoded so that it stays in its place. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: QueryParameters;
  /** Sent as JSON, member names untouched. */
  readonly body?: Body;
}
