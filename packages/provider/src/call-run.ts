import {
  type ErrorCode,
  type IntegrationError,
  isIntegrationError,
  ProtocolError,
  durationOption,
} from '@integrations/errors';
import { withoutReplay } from '@integrations/transport';
import type {
  AttemptContext,
  ExecutionOptions,
  Headers,
  ObservedLimits,
} from '@integrations/types';
import {
  type AnswerHead,
  asIntegrationError,
  type AttemptOptions,
  type AttemptReport,
  toApiError,
} from './attempt.ts';
import type { CallOptions } from './call-options.ts';
import { endpointOf } from './endpoint-name.ts';
import type { Endpoint, EndpointRequest } from './endpoint.ts';
import { Holding } from './holding.ts';
import { draftRequest, type HttpDraft, type RequestDefaults } from './http-draft.ts';
import type { Protection, ProtectionSource } from './protection.ts';
import { readRequestId } from './request-id.ts';
import type { CutStream } from './telemetry/call-outcome.ts';
import type { AttemptReporter, CallReporter, ClientReporter } from './telemetry/call-reporter.ts';
import type { TokenUsage } from './token-usage.ts';

/** What every call of one client runs with. */
export interface CallRunOptions extends AttemptOptions {
  readonly defaults: RequestDefaults;
  readonly protections: ProtectionSource;
  readonly telemetry: ClientReporter;
  /** Finds what a response says of the limits, at a time by the calendar. @default nothing is read */
  readonly readLimits?:
    | ((headers: Headers, epochMs: number) => ObservedLimits | undefined)
    | undefined;
}

/** Makes one attempt at a call. */
export type Once<Answer> = (
  options: AttemptOptions,
  draft: HttpDraft,
  attempt: AttemptContext,
  report: AttemptReport,
) => Promise<Answer>;

/** Failures that prove that the provider saw no request, so that its limits count none. */
const NEVER_SENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'configuration',
  'serialization',
  'dns',
  'tls',
  'connect_timeout',
]);

/** Milliseconds; as `maxRetryAfter` of a retry executor is by default. */
const LONGEST_SILENCE_MS = 120_000;

/** What labels a call's metrics; bodies of all providers name their model so. */
function modelOf(body: unknown): string | undefined {
  const model = (body as { readonly model?: unknown } | undefined)?.model;
  return typeof model === 'string' ? model : undefined;
}

function executionOptions(
  options: CallOptions,
  record: CallReporter,
  tokens: number,
): ExecutionOptions {
  const { signal, timeout, totalTimeout, priority } = options;
  return {
    label: record.call,
    cost: { tokens },
    ...(record.observe === undefined ? {} : { observe: record.observe }),
    ...(signal === undefined ? {} : { signal }),
    ...(priority === undefined ? {} : { priority }),
    ...(timeout === undefined ? {} : { attemptTimeout: durationOption('timeout', timeout) }),
    ...(totalTimeout === undefined
      ? {}
      : { totalTimeout: durationOption('totalTimeout', totalTimeout) }),
  };
}

/**
 * One call from its validation to its settlement: attempts under its protection,
 * what the responses tell of the limits, and the record of it all.
 */
export class CallRun<Body> {
  readonly record: CallReporter;
  readonly options: CallOptions;
  readonly #client: CallRunOptions;
  readonly #endpoint: Endpoint<Body>;
  readonly #request: EndpointRequest<Body>;
  readonly #holding = new Holding();
  #protection: Protection | undefined;
  /** The attempt that the answer is of. */
  #answered: AttemptReporter | undefined;

  constructor(
    client: CallRunOptions,
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options: CallOptions,
  ) {
    this.#client = client;
    this.#endpoint = endpoint;
    this.#request = request;
    this.options = options;
    this.record = client.telemetry.begin(endpoint, request, modelOf(request.body));
  }

  /** Runs attempts until one gives what is wanted. @throws the typed error of the last. */
  async attempts<Answer>(accept: string, once: Once<Answer>): Promise<Answer> {
    const { call } = this.record;
    try {
      const draft = this.#draft(accept);
      const protection = this.#protect();
      const tokens = this.#endpoint.estimateTokens?.(this.#request.body as Body) ?? 0;
      return await this.record.execute(() =>
        protection.orchestrator.execute(
          (attempt) => this.#attempt(once, draft, attempt),
          executionOptions(this.options, this.record, tokens),
        ),
      );
    } catch (cause) {
      const error = asIntegrationError(cause, call);
      this.record.failed(error);
      throw error;
    }
  }

  /** The typed error for an error that came with a success status, or inside a stream. */
  readonly apiErrorFor = (
    head: { readonly status: number | undefined; readonly headers: Headers },
    body: unknown,
  ): IntegrationError => toApiError(this.#client, head, body, this.record.call);

  /** What an endpoint's own functions throw at an answer they did not expect. */
  unreadable(cause: unknown, { status, headers }: AnswerHead): IntegrationError {
    if (isIntegrationError(cause)) return cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    return new ProtocolError(
      `${this.record.call}: the answer is not of the expected form: ${problem}`,
      { status, requestId: this.requestId(headers), cause },
    );
  }

  requestId(headers: Headers): string | undefined {
    return readRequestId(headers, this.#client.profile.requestIdHeaders);
  }

  /** The answer goes on after the attempt: it keeps its place among those in flight. */
  keepOpen(attempt: AttemptContext): void {
    this.#holding.keep(attempt);
  }

  /** Reads the body of the answer into a result. */
  deserialize<T>(bodySize: number, read: () => T): T {
    return this.#answered === undefined ? read() : this.#answered.deserialize(bodySize, read);
  }

  /** What a stream will have cost that is left, or cut, after so many events: each is about a token. */
  estimateUsage(events: number): TokenUsage | undefined {
    const { estimateInputTokens } = this.#endpoint;
    if (estimateInputTokens === undefined) return undefined;
    const inputTokens = Math.ceil(estimateInputTokens(this.#request.body as Body));
    return { inputTokens, outputTokens: events };
  }

  /** The answer is complete, or will not be. */
  settle(usage: TokenUsage | undefined): void {
    this.#holding.settle(usage);
  }

  /** The answer turned out bad after its attempt: too late for a retry, but the breaker should know. */
  failedLate(error: IntegrationError | undefined, cut?: CutStream): void {
    this.record.failed(error, cut);
    if (error?.code !== 'aborted') this.#protection?.circuitBreaker?.recordFailure(error);
  }

  #draft(accept: string): HttpDraft {
    this.record.validate(() => this.#endpoint.validate?.(this.#request.body as Body));
    return draftRequest(
      this.#client.defaults,
      this.#endpoint,
      this.#request,
      this.options,
      accept,
      this.record.call,
    );
  }

  #protect(): Protection {
    this.#protection = this.#client.protections({
      endpoint: endpointOf(this.#endpoint.operation),
      model: modelOf(this.#request.body),
      maxRetries: this.options.maxRetries,
    });
    return this.#protection;
  }

  async #attempt<Answer>(
    once: Once<Answer>,
    draft: HttpDraft,
    attempt: AttemptContext,
  ): Promise<Answer> {
    const record = this.record.attemptBegins(attempt, draft.method, draft.url);
    this.#holding.attempt(attempt);
    try {
      const report = { call: this.record.call, record, observe: this.#observe };
      const answer = await once(this.#client, draft, attempt, report);
      record.answered();
      this.#answered = record;
      return answer;
    } catch (cause) {
      const error = withoutReplay(asIntegrationError(cause, this.record.call), draft.upload);
      record.failed(error);
      if (NEVER_SENT.has(error.code)) attempt.permit?.release();
      else this.#heedSilence(error);
      throw error;
    }
  }

  /** Teaches the limiter what the response says of its limits. */
  readonly #observe: AttemptReport['observe'] = ({ headers }, sentAt) => {
    const { telemetry, clock, transport, readLimits } = this.#client;
    telemetry.headersObserved(this.#endpoint.operation, headers);
    this.record.connections(transport);
    const observed = readLimits?.(headers, clock.epoch());
    if (observed?.requests === undefined && observed?.tokens === undefined) return;
    const { retryAfterMs: _asked, ...limits } = observed;
    const limiter = this.#protection?.rateLimiter;
    limiter?.updateLimits({ ...limits, sentAt });
    telemetry.limitsObserved(modelOf(this.#request.body), limits);
    this.record.limits(limits, limiter);
  };

  /**
   * Only too many requests ask everybody for silence; neither an empty account, which
   * answers 429 as well, nor a server in trouble does. Nobody is made to wait for
   * longer than a retry would: they are told by the server, at once.
   */
  #heedSilence({ code, retryAfterMs = 0 }: IntegrationError): void {
    if (code !== 'rate_limit' || retryAfterMs <= 0 || retryAfterMs > LONGEST_SILENCE_MS) return;
    this.#protection?.rateLimiter?.updateLimits({ retryAfterMs });
  }
}
