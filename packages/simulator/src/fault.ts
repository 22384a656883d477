import type { JsonObject } from './json-value.ts';

/** An error as a provider words it. What is left out takes the provider's usual value for the status or code. */
export interface FaultError {
  readonly message?: string;
  readonly type?: string;
  readonly code?: string | null;
  readonly param?: string | null;
}

/**
 * What goes wrong with one response. Fields combine, except that only one of `status`, `redirect`, `html`, `emptyBody`
 * and `jsonInsteadOfStream` says what is answered, and only one of `reset`, `headersThenStall`, `stallAfterEvents`,
 * `cutAfterEvents`, `cutMidEvent`, `resetAfterEvents` and `errorEvent` says how it ends. Event counts beyond the
 * stream's length mean its last event; the closing `[DONE]` is not counted.
 */
export interface Fault {
  /** Answers with this error status, 400 to 599. */
  readonly status?: number;
  /** The error of `status`; `{ code: 'insufficient_quota' }` alone gives the whole quota error. */
  readonly error?: FaultError;
  /** The `retry-after` header: seconds, or any text, sent as it is. */
  readonly retryAfter?: number | string;
  /** The `retry-after-ms` header, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Response headers, set over the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of `status`: its kind, or an object that is sent as it is instead of the provider's. @default 'json' */
  readonly body?: 'json' | 'empty' | 'html' | 'binary' | JsonObject;

  /** Milliseconds before the response's head, instead of the simulator's own latency. */
  readonly latencyMs?: number;
  /** Answers 200 with an HTML page. */
  readonly html?: true;
  /** Answers 200 with nothing in the body. */
  readonly emptyBody?: true;
  /** Answers with this content type (`true`: `text/plain`) over the right body. */
  readonly wrongContentType?: true | string;
  /** Answers with a redirect. */
  readonly redirect?: { readonly status: number; readonly location: string };
  /** Breaks the JSON: of the body, or of the nth event of a stream (`true`: the first). */
  readonly malformedJson?: true | number;
  /** Answers a request for a stream with one JSON body. */
  readonly jsonInsteadOfStream?: true;

  /** Resets the connection (TCP RST) before or after the response's head. */
  readonly reset?: 'beforeHeaders' | 'afterHeaders';
  /** Sends the head and then nothing; the socket stays open. */
  readonly headersThenStall?: true;

  /** Milliseconds between a stream's head and its first event. */
  readonly firstEventDelayMs?: number;
  /** Milliseconds between events, instead of the simulator's own gap. */
  readonly eventGapMs?: number;
  /** Falls silent after this many events; the socket stays open. */
  readonly stallAfterEvents?: number;
  /** While a stream stalls or waits, sends a comment at this interval in milliseconds. */
  readonly keepAliveCommentsMs?: number;
  /** Ends the stream cleanly after this many events, without its end mark. */
  readonly cutAfterEvents?: number;
  /** Ends the stream cleanly after this many events and half of the next. */
  readonly cutMidEvent?: number;
  /** Resets the connection (TCP RST) after this many events. */
  readonly resetAfterEvents?: number;
  /** Sends an error as an event after this many, and ends the stream: the provider's, or `body` as it is. The status stays 200. */
  readonly errorEvent?: {
    readonly afterEvents: number;
    readonly error?: FaultError;
    readonly body?: JsonObject;
  };
  /** Slips in an event of another kind after this many, and goes on. */
  readonly unknownEvent?: {
    readonly afterEvents: number;
    readonly event: string;
    readonly data: string;
  };
  /** Leaves out the stream's end mark. */
  readonly omitDone?: true;

  /** Writes each byte of the body on its own. */
  readonly byteByByte?: true;
  /** Writes the body in pieces of this many bytes. */
  readonly chunkBytes?: number;
  /** The line ending of a stream. @default '\n' */
  readonly lineEnding?: '\n' | '\r\n' | '\r';
}
