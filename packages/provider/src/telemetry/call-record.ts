import { isIntegrationError } from '@integrations/errors';
import type {
  AttemptContext,
  Clock,
  HttpMethod,
  HttpTransport,
  Logger,
  ObservedLimits,
  RateLimiter,
} from '@integrations/types';
import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import { endpointOf } from '../endpoint-name.ts';
import type { TokenUsage } from '../token-usage.ts';
import { AttemptRecord } from './attempt-record.ts';
import { CallLog } from './call-log.ts';
import type { CallOutcome, CutStream, StreamOutcome } from './call-outcome.ts';
import type { CallReporter } from './call-reporter.ts';
import { CallSpans, type SpanSettings } from './call-spans.ts';
import type { GenAiMetrics } from './gen-ai-metrics.ts';
import { type KnownUsage, knownUsage } from './known-usage.ts';
import type { LogSettings } from './log-settings.ts';
import type { CallLabels, CallStatus, ProviderMetrics } from './provider-metrics.ts';
import type { RecordedUrls } from './recorded-urls.ts';

/** What the records of one client's calls share. */
export interface CallReporting {
  readonly provider: string;
  readonly clock: Clock;
  readonly spans: SpanSettings;
  readonly metrics: ProviderMetrics;
  readonly genAi: GenAiMetrics;
  readonly log: LogSettings;
  readonly urls: RecordedUrls;
}

/** Which call is recorded. */
export interface RecordedCall {
  readonly operation: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly model: string | undefined;
  readonly body: unknown;
  /** What there is to tell of the request, for calls to models. */
  readonly request: RequestFacts | undefined;
  readonly correlationId: string;
  /** Speaks for the resource. */
  readonly logger: Logger;
}

function errorCode(error: unknown): string {
  return isIntegrationError(error) ? error.code : 'unknown';
}

/** The record of one call. It is closed once, by success or by failure. */
export class CallRecord implements CallReporter {
  /** The call in messages: `openai chat.create`. */
  readonly call: string;
  /** Filled in by the endpoint as the answer comes. */
  facts: AnswerFacts = {};
  readonly #reporting: CallReporting;
  readonly #recorded: RecordedCall;
  readonly #spans: CallSpans;
  readonly #log: CallLog;
  readonly #labels: CallLabels;
  readonly #request: RequestFacts | undefined;
  readonly #startedAt: number;
  readonly #attempts: AttemptRecord[] = [];
  /** The attempt whose request was made last, and how many were. */
  #latest: AttemptRecord | undefined;
  #made = 0;
  #firstEventMs: number | undefined;
  #lastEventAt = 0;
  #events = 0;
  readonly #chunkSeconds: number[] = [];
  #closed = false;

  constructor(reporting: CallReporting, recorded: RecordedCall) {
    const { operation, method, path, model, correlationId, logger } = recorded;
    this.call = `${reporting.provider} ${operation}`;
    this.#reporting = reporting;
    this.#recorded = recorded;
    this.#labels = { endpoint: endpointOf(operation), method, model: model ?? 'none' };
    this.#startedAt = reporting.clock.now();
    this.#request = recorded.request;
    const name = `${reporting.provider}.${operation}`;
    this.#spans = new CallSpans(reporting.spans, name, model, this.#request);
    const identity = { correlationId, operation, path, model };
    this.#log = new CallLog(reporting.log, this.#spans.logger(logger), identity);
    this.#log.details(this.#request, recorded.body);
  }

  /** Checks the request. */
  validate(check: () => void): void {
    const { profile } = this.#reporting.spans;
    if (!this.#spans.records('full')) return check();
    const span = this.#spans.step(profile.spans.validate, {
      model: this.#recorded.model,
      message_count: this.#request?.messageCount,
    });
    try {
      check();
      span.setStatus('ok');
    } catch (error) {
      span.recordError(error);
      span.setStatus('error');
      throw error;
    } finally {
      span.end();
    }
  }

  /** Runs all attempts. */
  execute<T>(run: () => Promise<T>): Promise<T> {
    return this.#spans.execute(run);
  }

  /** The record of an attempt; it may be asked for before the attempt begins. */
  readonly observe = (attempt: number): AttemptRecord => {
    const known = this.#attempts.find((one) => one.attempt === attempt);
    if (known !== undefined) return known;
    const { metrics, spans, urls } = this.#reporting;
    const created = new AttemptRecord(attempt, {
      spans: this.#spans,
      metrics,
      log: this.#log,
      profile: spans.profile,
      server: spans.server,
      urls,
      labels: this.#labels,
    });
    this.#attempts.push(created);
    return created;
  };

  /** An attempt has passed everything that stood before it, and its request will be made. */
  attemptBegins(
    { attempt, signal }: AttemptContext,
    method: HttpMethod,
    url: string,
  ): AttemptRecord {
    const record = this.observe(attempt);
    if (this.#latest !== undefined) this.#retrying(this.#latest, attempt);
    this.#latest = record;
    this.#made += 1;
    record.begin(method, url, signal);
    return record;
  }

  /** What a transport has as a response comes. */
  connections(transport: HttpTransport): void {
    this.#log.connections(transport);
  }

  /** What a response said of the limits. */
  limits(observed: ObservedLimits, limiter: RateLimiter | undefined): void {
    this.#log.limits(observed);
    if (limiter !== undefined) this.#log.limiterState(limiter);
  }

  /** A stream gave its first event, and its caller has it. Further events add to the facts. */
  streaming(facts: AnswerFacts): void {
    this.facts = facts;
    this.#firstEventMs = this.#elapsedMs();
    this.#spans.event('stream_started');
    this.#spans.event('first_chunk_received', { ttft_ms: this.#firstEventMs });
    const seconds = this.#firstEventMs / 1000;
    this.#spans.inside(() => this.#reporting.metrics.streamBegan(this.#labels, seconds));
  }

  /** A stream gave an event. */
  event(item: unknown): void {
    this.#events += 1;
    this.#log.event(this.#events, item);
    if (!this.#reporting.genAi.isRecorded || this.#request === undefined) return;
    const now = this.#reporting.clock.now();
    if (this.#events > 1) this.#chunkSeconds.push((now - this.#lastEventAt) / 1000);
    this.#lastEventAt = now;
  }

  succeeded(outcome: CallOutcome, result?: unknown): void {
    this.#spans.inside(() => this.#succeed(outcome, result));
  }

  streamEnded(outcome: StreamOutcome): void {
    this.#spans.inside(() => this.#endStream(outcome));
  }

  /** @param cut what a stream that failed on the way had got to. */
  failed(error: unknown, cut?: CutStream): void {
    this.#spans.inside(() => this.#fail(error, cut));
  }

  #succeed(outcome: CallOutcome, result: unknown): void {
    if (!this.#close(outcome.cancelled ? 'cancelled' : 'ok')) return;
    if (result !== undefined) this.#log.responseBody(result);
    const usage = this.#usage(undefined);
    this.#report(outcome, usage, undefined);
  }

  #endStream(outcome: StreamOutcome): void {
    const { cancelled, events, estimate } = outcome;
    if (!this.#close(cancelled ? 'cancelled' : 'ok')) return;
    const durationMs = this.#elapsedMs();
    this.#reporting.metrics.streamEnded(this.#labels, { events, seconds: durationMs / 1000 });
    this.#spans.event(cancelled ? 'stream_cancelled' : 'stream_completed', {
      total_chunks: events,
      duration_ms: durationMs,
    });
    const usage = this.#usage(cancelled ? estimate : undefined);
    this.#report(outcome, usage, { events, durationMs, cancelled });
  }

  #fail(error: unknown, cut: CutStream | undefined): void {
    if (!this.#close('error', errorCode(error))) return;
    for (const attempt of this.#attempts) attempt.close('error');
    const { metrics } = this.#reporting;
    const status = isIntegrationError(error) ? error.status : undefined;
    metrics.callFailed(this.#labels, errorCode(error), status);
    if (cut !== undefined) this.#recordCut(cut);
    this.#executed();
    this.#spans.failed(error);
    this.#log.failed(this.#elapsedMs(), this.#made, error);
  }

  #elapsedMs(): number {
    return this.#reporting.clock.now() - this.#startedAt;
  }

  /** Of a call that was billed in part: its tokens, though it failed. */
  #recordCut({ events, estimate }: CutStream): void {
    const durationMs = this.#elapsedMs();
    this.#reporting.metrics.streamEnded(this.#labels, { events, seconds: durationMs / 1000 });
    const usage = this.#usage(estimate);
    this.#recordUsage(usage);
    this.#spans.answered(this.facts, usage, this.#firstEventSeconds, { events, durationMs });
  }

  /** From the second attempt on: what failed before. It may not have said so yet, but its signal has. */
  #retrying({ error, signal }: AttemptRecord, attempt: number): void {
    const reason = errorCode(signal?.aborted ? signal.reason : error);
    this.#reporting.metrics.retried(this.#labels, reason);
    this.#spans.event('retry', { attempt, reason });
    this.#log.retrying(attempt, reason);
  }

  /** False when the record is closed already: late news changes nothing. */
  #close(status: CallStatus, errorType?: string): boolean {
    if (this.#closed) return false;
    this.#closed = true;
    const { metrics, genAi } = this.#reporting;
    const seconds = this.#elapsedMs() / 1000;
    metrics.callEnded(this.#labels, status, seconds);
    if (this.#request !== undefined) {
      genAi.callEnded(this.#request, this.facts, {
        seconds,
        errorType,
        firstChunkSeconds: this.#firstEventSeconds,
        chunkSeconds: this.#chunkSeconds,
      });
    }
    return true;
  }

  get #firstEventSeconds(): number | undefined {
    return this.#firstEventMs === undefined ? undefined : this.#firstEventMs / 1000;
  }

  #executed(): void {
    const last = this.#attempts.at(-1);
    this.#spans.executed(this.#made, last?.circuitState);
  }

  #report(
    { status, requestId }: CallOutcome,
    usage: KnownUsage | undefined,
    stream: { events: number; durationMs: number; cancelled: boolean } | undefined,
  ): void {
    for (const attempt of this.#attempts) attempt.close('ok');
    this.#executed();
    this.#recordUsage(usage);
    this.#spans.answered(this.facts, usage, this.#firstEventSeconds, stream);
    this.#spans.succeeded();
    this.#log.completed({
      latencyMs: this.#elapsedMs(),
      status,
      requestId,
      attempts: this.#made,
      facts: this.facts,
      usageState: usage?.state,
      tokens: usage?.tokens,
      ...(stream === undefined
        ? {}
        : {
            stream: {
              events: stream.events,
              firstEventMs: this.#firstEventMs ?? 0,
              cancelled: stream.cancelled,
            },
          }),
    });
  }

  /** Of a call that is none to a model, and so uses no tokens: undefined. */
  #usage(estimate: TokenUsage | undefined): KnownUsage | undefined {
    const usage = knownUsage(this.facts.usage, estimate);
    return this.#request === undefined && usage.state === 'unknown' ? undefined : usage;
  }

  #recordUsage(usage: KnownUsage | undefined): void {
    if (usage === undefined) return;
    const { state, tokens } = usage;
    const { metrics, spans } = this.#reporting;
    const span = this.#spans.step(spans.profile.spans.record, {
      'tokens.prompt': tokens?.inputTokens,
      'tokens.completion': tokens?.outputTokens,
    });
    metrics.usage(this.#labels, state, tokens);
    span.end();
  }
}
