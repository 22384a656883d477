import type {
  AttemptContext,
  AttemptObserver,
  Headers,
  HttpMethod,
  HttpRequestBody,
  HttpResponse,
  HttpStreamingResponse,
  HttpTransport,
  ObservedLimits,
  RateLimiter,
} from '@integrations/types';
import type { AnswerFacts } from '../call-facts.ts';
import type { Endpoint, EndpointRequest } from '../endpoint.ts';
import type { CallOutcome, CutStream, StreamOutcome } from './call-outcome.ts';
import type { CalledTool } from './tool-span.ts';

/** Is told of the request of one attempt, and runs the steps of it. */
export interface AttemptReporter {
  /** Headers that let the server's spans join those of the call. */
  readonly propagationHeaders: Readonly<Record<string, string>> | undefined;
  /** Writes the body, once for all attempts. */
  serialize(write: () => HttpRequestBody): HttpRequestBody;
  /** Runs the transport, up to the response or the head of a stream. */
  send<Response extends HttpResponse | HttpStreamingResponse>(
    run: () => Promise<Response>,
  ): Promise<Response>;
  /** Reads the body into a result. */
  deserialize<T>(bodySize: number, read: () => T): T;
  /** Its answer is there: whole, or the first event of it. */
  answered(): void;
  /** It failed; whether the call did is not known yet. */
  failed(error: unknown): void;
}

/** Is told of one call, which ends once: by success or by failure. */
export interface CallReporter {
  /** The call in messages: `openai chat.create`. */
  readonly call: string;
  /** Filled in by the endpoint as the answer comes. */
  readonly facts: AnswerFacts;
  /** Checks the request. */
  validate(check: () => void): void;
  /** Runs all attempts. */
  execute<T>(run: () => Promise<T>): Promise<T>;
  /** Who is told what an attempt passes before its work begins. */
  readonly observe: ((attempt: number) => AttemptObserver) | undefined;
  /** An attempt has passed everything that stood before it, and its request will be made. */
  attemptBegins(attempt: AttemptContext, method: HttpMethod, url: string): AttemptReporter;
  /** What a transport has as a response comes. */
  connections(transport: HttpTransport): void;
  /** What a response said of the limits. */
  limits(observed: ObservedLimits, limiter: RateLimiter | undefined): void;
  /** A stream gave its first event, and its caller has it. Further events add to the facts. */
  streaming(facts: AnswerFacts): void;
  /** A stream gave an event. */
  event(item: unknown): void;
  succeeded(outcome: CallOutcome, result?: unknown): void;
  streamEnded(outcome: StreamOutcome): void;
  /** @param cut what a stream that failed on the way had got to. */
  failed(error: unknown, cut?: CutStream): void;
}

/** Is told of the calls of one client. `Telemetry` makes spans, metrics and log lines of it. */
export interface ClientReporter {
  /** Begins the record of one call. */
  begin<Body>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    model: string | undefined,
  ): CallReporter;
  /** Runs a tool that a model called. */
  runTool<Result>(tool: CalledTool, run: () => Result | Promise<Result>): Promise<Result>;
  /** A response told of the limits of a model. */
  limitsObserved(model: string | undefined, observed: ObservedLimits): void;
  /** What the head of every response of an operation says. */
  headersObserved(operation: string, headers: Headers): void;
}
