import type { Span } from '@integrations/types';
import {
  type Span as ApiSpan,
  context,
  isSpanContextValid,
  propagation,
  type SpanContext,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OpenTelemetrySpan } from './opentelemetry-span.ts';

/** The span of the API that a span of ours stands for, if any. */
function apiSpanOf(span: Span): ApiSpan | undefined {
  return span instanceof OpenTelemetrySpan ? span.apiSpan : undefined;
}

/** Where there is no trace: most often. */
const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** Without an SDK there are spans all the same, whose ids are zeros. */
function spanContext(span: Span | undefined): SpanContext | undefined {
  const apiSpan = span === undefined ? trace.getActiveSpan() : apiSpanOf(span);
  const spanContext = apiSpan?.spanContext();
  return spanContext && isSpanContextValid(spanContext) ? spanContext : undefined;
}

/**
 * The W3C headers `traceparent` and `tracestate` of a span, or of the current one,
 * for an outgoing request. Empty where there is no trace.
 *
 * Baggage is left out on purpose: it holds the application's own data, and a
 * provider is a stranger. `injectHeaders` takes it along.
 */
export function propagationHeaders(span?: Span): Readonly<Record<string, string>> {
  const found = spanContext(span);
  if (found === undefined) return NO_HEADERS;
  const { traceId, spanId, traceFlags, traceState } = found;
  const flags = (traceFlags & 0xff).toString(16).padStart(2, '0');
  const traceparent = `00-${traceId}-${spanId}-${flags}`;
  const tracestate = traceState?.serialize();
  return tracestate ? { traceparent, tracestate } : { traceparent };
}

/**
 * Writes the headers of the application's propagator into `carrier`, for a span or
 * the current one: whatever format it is set up for, and baggage. For requests
 * inside of your own system. A span that is not recorded anywhere writes nothing.
 */
export function injectHeaders(carrier: Record<string, string>, span?: Span): void {
  const active = context.active();
  if (span === undefined) {
    propagation.inject(active, carrier);
    return;
  }
  const apiSpan = apiSpanOf(span);
  if (apiSpan !== undefined) propagation.inject(trace.setSpan(active, apiSpan), carrier);
}

/** The ids of a span, under the names that log lines and exemplars give them. */
export interface SpanIds {
  /** 32 hex digits. */
  readonly trace_id: string;
  /** 16 hex digits. */
  readonly span_id: string;
}

/** The ids of the current span: for the `spanContext` of a logger. Undefined where there is no trace. */
export function currentSpanIds(): SpanIds | undefined {
  const found = spanContext(undefined);
  return found && { trace_id: found.traceId, span_id: found.spanId };
}

/**
 * The ids of the current span if it is sampled: for the `exemplar` of metrics, since
 * a link to a trace that nobody keeps leads nowhere.
 */
export function sampledSpanIds(): SpanIds | undefined {
  const found = spanContext(undefined);
  if (found === undefined || (found.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { trace_id: found.traceId, span_id: found.spanId };
}

/** The id of the current trace, 32 hex digits: for log lines. Undefined where there is no trace. */
export function currentTraceId(): string | undefined {
  return spanContext(undefined)?.traceId;
}
