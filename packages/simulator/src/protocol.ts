import type { IncomingHttpHeaders } from 'node:http';
import type { LimitExceeded, RateLimitState } from './rate-limit-ledger.ts';
import type { Refusal } from './refusal.ts';
import type { Reply } from './reply.ts';

/** A request as a handler sees it. */
interface HandlerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body, or the form as an object with an `UploadedFile` for each file; `undefined` when none was sent. */
  readonly body: unknown;
  /** The path's `{…}` parts, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** One endpoint of a provider. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT';
  /** The path with `{name}` for a variable segment, such as `/v1/models/{model}`. */
  readonly path: string;
  /** Answers without a key, as an address does that was signed for whoever has it. */
  readonly isPublic?: true;
  readonly handle: (request: HandlerRequest) => Reply | Promise<Reply>;
}

/** What every response's headers are made from. */
export interface ResponseFacts {
  readonly requestId: string;
  readonly processingMs: number;
  readonly limits: RateLimitState;
  /** What the request costs, as far as it is known. */
  readonly tokens: number;
}

/** One provider's side of the server: its endpoints and the way it words errors and headers. */
export interface Protocol {
  /** What a client's base URL has after the origin, such as `/v1`. */
  readonly basePath: string;
  readonly routes: readonly Route[];
  /** The key a request came with, known or not; the rate limits are kept for each. */
  identify(headers: IncomingHttpHeaders): string;
  /** @throws RequestRefused if the key is not accepted */
  authenticate(key: string): void;
  rateLimitRefusal(exceeded: LimitExceeded, limits: RateLimitState, tokens: number): Refusal;
  /** What a request to a path that is no endpoint is told. */
  unknownPath(method: string, path: string): Refusal;
  /** What a request whose body is neither JSON nor a form is told. */
  unreadableBody(message: string): Refusal;
  errorBody(refusal: Refusal): unknown;
  responseHeaders(facts: ResponseFacts): Record<string, string>;
  /** A fresh id for one request. */
  nextRequestId(): string;
  /** Resolves when nothing is under way that no request waits for, such as webhooks. */
  settled(): Promise<void>;
  /** Breaks off what is under way. */
  close(): void;
}
