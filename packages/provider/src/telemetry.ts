import { isIntegrationError } from '@integrations/errors';
import type {
  AttemptContext,
  CircuitState,
  Clock,
  Counter,
  Gauge,
  Histogram,
  Labels,
  Logger,
  MetricsRecorder,
  Span,
  Tracer,
} from '@integrations/types';
import type { TokenUsage } from './token-usage.ts';

/** Where a client reports what it does. */
export interface TelemetrySinks {
  readonly logger: Logger;
  readonly tracer: Tracer;
  readonly metrics: MetricsRecorder;
  readonly clock: Clock;
}

/** Seconds. */
const DURATION_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** How a call that worked ended. */
export interface CallOutcome {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly usage: TokenUsage | undefined;
}

/** How far a stream came. */
export interface StreamOutcome extends CallOutcome {
  readonly events: number;
  /** Milliseconds from the call to its first event. */
  readonly firstEventMs: number;
  /** Whether the caller left before the end. */
  readonly cancelled: boolean;
}

const BREAKER_STATES: Readonly<Record<CircuitState, number>> = { closed: 0, open: 1, half_open: 2 };

interface Instruments {
  readonly requests: Counter;
  readonly duration: Histogram;
  readonly tokens: Counter;
  readonly errors: Counter;
  readonly retries: Counter;
  readonly breakerState: Gauge;
}

function createInstruments(metrics: MetricsRecorder, provider: string): Instruments {
  return {
    requests: metrics.counter(`${provider}_requests_total`, {
      help: 'Calls by how they ended.',
      labelNames: ['endpoint', 'status', 'model'],
    }),
    duration: metrics.histogram(`${provider}_request_duration_seconds`, {
      help: 'Seconds from call to result, retries included.',
      labelNames: ['endpoint', 'model'],
      buckets: DURATION_BUCKETS,
    }),
    tokens: metrics.counter(`${provider}_tokens_total`, {
      help: 'Tokens that the provider reported.',
      labelNames: ['model', 'type'],
    }),
    errors: metrics.counter(`${provider}_errors_total`, {
      help: 'Calls that failed, by error code.',
      labelNames: ['endpoint', 'error_type'],
    }),
    retries: metrics.counter(`${provider}_retries_total`, {
      help: 'Attempts after the first.',
      labelNames: ['endpoint', 'reason'],
    }),
    breakerState: metrics.gauge(`${provider}_circuit_breaker_state`, {
      help: "State of the endpoint's breaker: 0 closed, 1 open, 2 half-open.",
      labelNames: ['endpoint'],
    }),
  };
}

/** Reports the calls of one client: spans, metrics and log lines. */
export class Telemetry {
  readonly #provider: string;
  readonly #sinks: TelemetrySinks;
  readonly #instruments: Instruments;

  constructor(provider: string, sinks: TelemetrySinks) {
    this.#provider = provider;
    this.#sinks = sinks;
    this.#instruments = createInstruments(sinks.metrics, provider);
  }

  /** The breaker of an endpoint changed its state. */
  breakerChanged(endpoint: string, from: CircuitState, to: CircuitState): void {
    const { logger } = this.#sinks;
    this.#instruments.breakerState.set(BREAKER_STATES[to], { endpoint });
    const level = to === 'open' ? 'error' : 'info';
    logger.log(level, `Circuit breaker ${to.replace('_', '-')}`, { endpoint, from, to });
  }

  /** Begins the record of one call. */
  begin(operation: string, model: string | undefined): CallRecord {
    return new CallRecord(this.#provider, operation, model, this.#sinks, this.#instruments);
  }
}

/** The record of one call. It is closed once, by success or by failure. */
export class CallRecord {
  /** The call in messages, spans and log lines: `openai chat.create`. */
  readonly call: string;
  readonly #sinks: TelemetrySinks;
  readonly #instruments: Instruments;
  readonly #labels: Labels & { readonly endpoint: string; readonly model: string };
  readonly #operation: string;
  readonly #startedAt: number;
  readonly #span: Span;
  #lastError: unknown;
  #lastSignal: AbortSignal | undefined;
  #closed = false;

  constructor(
    provider: string,
    operation: string,
    model: string | undefined,
    sinks: TelemetrySinks,
    instruments: Instruments,
  ) {
    this.call = `${provider} ${operation}`;
    this.#sinks = sinks;
    this.#instruments = instruments;
    this.#operation = operation;
    this.#labels = { endpoint: operation.split('.', 1)[0] ?? operation, model: model ?? 'none' };
    this.#startedAt = sinks.clock.now();
    this.#span = sinks.tracer.startSpan(`${provider}.${operation}`, {
      kind: 'client',
      attributes: { model },
    });
    sinks.logger.info('Request started', { operation, model });
  }

  /** Milliseconds since the call began. */
  elapsedMs(): number {
    return this.#sinks.clock.now() - this.#startedAt;
  }

  /** Runs a part of the call as a child of its span. */
  within<T>(work: () => T): T {
    return this.#sinks.tracer.withSpan(this.#span, work);
  }

  /**
   * An attempt begins; from the second on it counts as a retry of what failed
   * before. An attempt that was stopped may not have said so yet: its signal has.
   */
  attempt({ attempt: number, signal }: AttemptContext): void {
    const before = this.#lastSignal;
    this.#lastSignal = signal;
    if (number === 1) return;
    const reason = errorCode(before?.aborted ? before.reason : this.#lastError);
    this.#instruments.retries.add(1, { endpoint: this.#labels.endpoint, reason });
    this.#span.addEvent('retry', { attempt: number, reason });
    this.#sinks.logger.debug('Retrying', { operation: this.#operation, attempt: number, reason });
  }

  /** An attempt failed; whether the call did is not known yet. */
  attemptFailed(error: unknown): void {
    this.#lastError = error;
    if (!isIntegrationError(error) || !error.retryable) return;
    this.#sinks.logger.warn('Attempt failed', { operation: this.#operation, error });
  }

  /** A stream gave its first event. Returns the milliseconds that it took. */
  firstEvent(): number {
    const elapsedMs = this.elapsedMs();
    this.#span.addEvent('first_chunk_received', { ttft_ms: elapsedMs });
    return elapsedMs;
  }

  succeeded(outcome: CallOutcome): void {
    if (this.#close('ok')) this.#report('Request completed', outcome);
  }

  streamEnded(outcome: StreamOutcome): void {
    if (!this.#close(outcome.cancelled ? 'cancelled' : 'ok')) return;
    this.#report(outcome.cancelled ? 'Stream left before its end' : 'Stream completed', outcome, {
      events: outcome.events,
      ttft_ms: outcome.firstEventMs,
    });
  }

  failed(error: unknown): void {
    if (!this.#close('error')) return;
    const code = errorCode(error);
    this.#instruments.errors.add(1, { endpoint: this.#labels.endpoint, error_type: code });
    this.#span.recordError(error);
    this.#span.setStatus('error');
    this.#span.end();
    this.#sinks.logger.error('Request failed', {
      operation: this.#operation,
      model: this.#labels.model,
      latency_ms: this.elapsedMs(),
      error,
    });
  }

  /** False when the record is closed already: late news changes nothing. */
  #close(status: 'ok' | 'cancelled' | 'error'): boolean {
    if (this.#closed) return false;
    this.#closed = true;
    this.#instruments.requests.add(1, { ...this.#labels, status });
    this.#instruments.duration.observe(this.elapsedMs() / 1000, this.#labels);
    return true;
  }

  #report(
    message: string,
    { status, requestId, usage }: CallOutcome,
    more?: Record<string, unknown>,
  ): void {
    const { model } = this.#labels;
    if (usage !== undefined && isCount(usage.inputTokens) && isCount(usage.outputTokens)) {
      this.#instruments.tokens.add(usage.inputTokens, { model, type: 'prompt' });
      this.#instruments.tokens.add(usage.outputTokens, { model, type: 'completion' });
      this.#span.setAttribute('tokens.prompt', usage.inputTokens);
      this.#span.setAttribute('tokens.completion', usage.outputTokens);
    }
    this.#span.setStatus('ok');
    this.#span.end();
    this.#sinks.logger.info(message, {
      operation: this.#operation,
      model,
      latency_ms: this.elapsedMs(),
      status,
      request_id: requestId,
      tokens_prompt: usage?.inputTokens,
      tokens_completion: usage?.outputTokens,
      ...more,
    });
  }
}

/** A provider may report nonsense; a counter that refuses it must not cost the caller the result. */
function isCount(tokens: number): boolean {
  return Number.isFinite(tokens) && tokens >= 0;
}

function errorCode(error: unknown): string {
  return isIntegrationError(error) ? error.code : 'unknown';
}
