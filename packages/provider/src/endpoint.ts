import type { IntegrationError } from '@integrations/errors';
import type { QueryParameters, ServerSentEvent } from '@integrations/transport';
import type { HttpMethod } from '@integrations/types';
import type { BodyEncoding } from './body-encoding.ts';
import type { AnswerFacts, RequestFacts } from './call-facts.ts';
import type { ExpectedContent } from './expected-content.ts';
import type { PageStyle } from './page-style.ts';

/** Values for the parameters of a path, by their names. */
export type PathParameters = Readonly<Record<string, string>>;

/** One method of a provider's API, as data. */
export interface Endpoint<Body = unknown> {
  /** Names the span and the log line: `chat.create`. Its first part labels metrics. */
  readonly operation: string;
  readonly method: HttpMethod;
  /** Below the base URL; parameters in braces: `/models/{model}`. */
  readonly path: string;
  /**
   * How the body is sent: as JSON, as a form that may hold files, or as the text, bytes
   * or stream that it is.
   *
   * @default JSON_BODY
   */
  readonly encoding?: BodyEncoding;
  /** @throws ValidationError when the body cannot be right. */
  readonly validate?: (body: Body) => void;
  /** The tokens that the provider will charge at most, as far as the body tells. @default 0 */
  readonly estimateTokens?: (body: Body) => number;
  /** The tokens of the prompt, for a stream that is cut before it reports them. @default not known */
  readonly estimateInputTokens?: (body: Body) => number;
  /**
   * What telemetry tells of the request; for calls to models only. Neither the body nor
   * the path's parameters have been checked yet, so nothing of the body is certain but
   * that it is there.
   */
  readonly describe?: (body: Body, params: PathParameters) => RequestFacts;
}

/** A method that answers with one JSON object. */
export interface JsonEndpoint<Body, Result> extends Endpoint<Body> {
  /** A member that every right answer has, to tell it from a wrong one. @default any JSON object is right */
  readonly resultKey?: keyof Result & string;
  /** Makes the result from the decoded body, where they differ. */
  readonly toResult?: (body: Result) => Result;
  /** Gathers what the result tells of itself. */
  readonly collect?: (result: Result, facts: AnswerFacts) => void;
}

/** A method that answers with a list, a page at a time. */
export interface ListEndpoint<Item, Envelope extends object, Body = undefined> extends JsonEndpoint<
  Body,
  Envelope
> {
  /** How the next page is found. */
  readonly pages: PageStyle;
  /** The items of an answer. @default its `data` */
  readonly items?: (envelope: Envelope) => Item[];
  /** Whether the answer is the bare items, with nothing around them: the envelope is `{ data }` then. @default false */
  readonly isBare?: boolean;
}

/** A method that answers with a file. */
export interface BinaryEndpoint<Body = unknown> extends Endpoint<Body> {
  /** The media type to ask for. @default any */
  readonly accept?: string;
  /** What the answer has to be, to tell it from a wrong one. @default any content is right */
  readonly expects?: ExpectedContent;
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
  /**
   * What an item says of the end of its stream: nothing while there is more, `STREAM_END`
   * where it is the last, or the error that its reader gets after it.
   *
   * @default only a mark of its own ends the stream
   */
  readonly endOf?: (
    item: Item,
    toApiError: (body: unknown) => IntegrationError,
  ) => typeof STREAM_END | IntegrationError | undefined;
  /** Whether the stream may end without a mark: whoever reads it can't tell a whole one from a cut one. @default false */
  readonly endsUnmarked?: boolean;
  /** Gathers what an item tells of the answer. */
  readonly collect?: (item: Item, facts: AnswerFacts) => void;
}

/** What one call passes to an endpoint. */
export interface EndpointRequest<Body = unknown> {
  /** Values for the path's parameters; each is encoded so that it stays in its place. */
  readonly params?: PathParameters;
  readonly query?: QueryParameters;
  /** Sent as the endpoint's `encoding` says, member names untouched. */
  readonly body?: Body;
}
