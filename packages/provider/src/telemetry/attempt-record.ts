import { isIntegrationError } from '@integrations/errors';
import {
  httpRequestAttributes,
  httpResponseAttributes,
  type ServerFacts,
} from '@integrations/semantic-conventions';
import {
  type AttemptObserver,
  type AttemptQueue,
  type CircuitState,
  type Headers,
  type HttpMethod,
  noopSpan,
  type Span,
  type SpanStatus,
} from '@integrations/types';
import { byteLength } from './byte-length.ts';
import type { CallLog } from './call-log.ts';
import type { AttemptReporter } from './call-reporter.ts';
import type { CallSpans } from './call-spans.ts';
import type { CallLabels, ProviderMetrics } from './provider-metrics.ts';
import type { RecordedUrls } from './recorded-urls.ts';
import type { TelemetryProfile } from './telemetry-profile.ts';

/** What the records of a call's attempts share. */
export interface AttemptReporting {
  readonly spans: CallSpans;
  readonly metrics: ProviderMetrics;
  readonly log: CallLog;
  readonly profile: TelemetryProfile;
  readonly server: ServerFacts;
  readonly urls: RecordedUrls;
  readonly labels: CallLabels;
}

/** The part of a response that is told of. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body?: unknown;
}

/** Ends the span with the error where the work fails. */
function watched<T>(span: Span, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fail(span, error);
  }
}

function fail(span: Span, error: unknown): unknown {
  span.recordError(error);
  span.setStatus('error');
  span.end();
  return error;
}

function isAborted(error: unknown): boolean {
  return isIntegrationError(error) && error.code === 'aborted';
}

/** The record of one attempt: what it passed, and the request that it sent. */
export class AttemptRecord implements AttemptObserver, AttemptReporter {
  readonly attempt: number;
  /** What the breaker said at last. */
  circuitState: CircuitState | undefined;
  /** When its time was up or it was not wanted any more, this tells so before its work does. */
  signal: AbortSignal | undefined;
  error: unknown;
  /** Whether its answer is the call's, as far as it is known yet. */
  #hasAnswer = false;
  readonly #reporting: AttemptReporting;
  #wait: Span | undefined;
  #http: Span = noopSpan;
  #send: Span | undefined;
  #isOver = false;

  constructor(attempt: number, reporting: AttemptReporting) {
    this.attempt = attempt;
    this.#reporting = reporting;
  }

  breakerChecked(state: CircuitState, allowed: boolean): void {
    this.circuitState = state;
    const { spans, profile } = this.#reporting;
    if (!spans.records('full')) return;
    const span = spans.child('full', profile.spans.breaker, spans.scope, { state, allowed });
    span.setStatus(allowed ? 'ok' : 'error');
    span.end();
  }

  waiting(queue: AttemptQueue): void {
    if (queue === 'rate_limiter') this.#wait = this.#startWait();
  }

  admitted(queue: AttemptQueue, waitedMs: number): void {
    const { spans, metrics, log } = this.#reporting;
    if (waitedMs > 0) log.waited(queue, waitedMs);
    if (queue !== 'rate_limiter') {
      if (waitedMs > 0) spans.scope.addEvent('bulkhead_acquired', { wait_time_ms: waitedMs });
      return;
    }
    metrics.waitedForLimit(waitedMs / 1000);
    const span = this.#wait ?? this.#startWait();
    span.setAttribute('wait_time_ms', waitedMs);
    span.end();
  }

  refused(queue: AttemptQueue, error: unknown): void {
    if (queue !== 'rate_limiter') return;
    if (!isAborted(error)) this.#reporting.metrics.refusedByLimit();
    const span = this.#wait ?? this.#startWait();
    fail(span, error);
  }

  /** The request is about to be made. */
  begin(method: HttpMethod, url: string, signal: AbortSignal | undefined): void {
    this.signal = signal;
    const { spans, profile, server, urls } = this.#reporting;
    if (!spans.records('standard')) return;
    this.#http = spans.client(
      profile.spans.http,
      spans.scope,
      httpRequestAttributes(
        { method, url: urls.of(url), resendCount: this.attempt - 1, ...server },
        profile.httpDialect,
      ),
    );
  }

  /** Writes the body, once for all attempts. */
  serialize<Body>(write: () => Body): Body {
    const { spans, metrics, profile, labels } = this.#reporting;
    const span = spans.child('full', profile.spans.serialize, this.#http);
    const body = watched(span, write);
    if (metrics.recordsSizes || spans.records('full')) {
      const bytes = byteLength(body);
      if (bytes !== undefined) {
        span.setAttribute('body_size_bytes', bytes);
        metrics.requestSize(labels, bytes);
      }
    }
    span.end();
    return body;
  }

  /** `traceparent` and what goes with it. */
  get propagationHeaders(): Readonly<Record<string, string>> | undefined {
    const { spans } = this.#reporting;
    return spans.propagationHeaders(spans.records('standard') ? this.#http : spans.scope);
  }

  /** Runs the transport; its time ends when the response, or the head of a stream, is there. */
  async send<Response extends Answer>(run: () => Promise<Response>): Promise<Response> {
    const { spans, profile, server } = this.#reporting;
    if (!spans.records('standard')) return this.#responded(await run());
    this.#send = spans.child('full', profile.spans.send, this.#http, {
      'peer.address': server.serverAddress,
      'peer.port': server.serverPort,
    });
    this.#http.addEvent('request_sent');
    const response = await spans.within(this.#http, run);
    this.#endSend('unset');
    return this.#responded(response);
  }

  /** Reads the body into a result. */
  deserialize<T>(bodySize: number, read: () => T): T {
    const { spans, profile } = this.#reporting;
    const span = spans.child('full', profile.spans.deserialize, this.#http, {
      body_size_bytes: bodySize,
    });
    const result = watched(span, read);
    span.end();
    return result;
  }

  /** Its answer is there: whole, or the first event of it. */
  answered(): void {
    this.#hasAnswer = true;
  }

  failed(error: unknown): void {
    this.#reporting.log.attemptFailed(this.attempt, error);
    if (this.#isOver) return;
    this.error = error;
    this.#send?.recordError(error);
    this.#http.recordError(error);
    this.#end('error');
  }

  /** The call is over. What never answered, or said that it failed, was left on its way. */
  close(status: 'ok' | 'error'): void {
    this.#end(this.#hasAnswer ? status : 'unset');
  }

  #startWait(): Span {
    const { spans, profile } = this.#reporting;
    return spans.child('full', profile.spans.limiter, spans.scope);
  }

  #responded<Response extends Answer>(response: Response): Response {
    const { log, labels, metrics, profile, spans } = this.#reporting;
    const { status, headers, body } = response;
    const bodySize = body instanceof Uint8Array ? body.length : undefined;
    log.responded(this.attempt, status, headers);
    if (bodySize !== undefined) metrics.responseSize(labels, bodySize);
    if (!spans.records('standard')) return response;
    this.#http.addEvent('response_received');
    const attributes = httpResponseAttributes({ status, bodySize }, profile.httpDialect);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) this.#http.setAttribute(name, value);
    }
    return response;
  }

  #endSend(status: SpanStatus): void {
    this.#send?.setStatus(status);
    this.#send?.end();
    this.#send = undefined;
  }

  #end(status: SpanStatus): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#endSend(status);
    this.#http.setStatus(status);
    this.#http.end();
  }
}
