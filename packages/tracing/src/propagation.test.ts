import { noopSpan, noopTracer } from '@integrations/types';
import { context, createTraceState, propagation, trace, TraceFlags } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTracer } from './create-tracer.ts';
import {
  currentSpanIds,
  currentTraceId,
  injectHeaders,
  propagationHeaders,
  sampledSpanIds,
} from './propagation.ts';
import { record, unsampledTracer, useContextManager } from './recorded-spans.test.support.ts';

let release: () => void;
beforeAll(() => {
  release = useContextManager();
});
afterAll(() => release());

describe('propagationHeaders', () => {
  it('are the W3C headers of a span, or of the current one', () => {
    const { tracer, span } = record();
    const call = tracer.startSpan('call');
    const headers = propagationHeaders(call);
    expect(tracer.withSpan(call, () => propagationHeaders())).toEqual(headers);
    expect(tracer.propagationHeaders?.(call)).toEqual(headers);
    expect(tracer.withSpan(call, currentTraceId)).toMatch(/^[\da-f]{32}$/);
    call.end();
    const { traceId, spanId } = span('call').spanContext();
    expect(headers).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  });

  it('say that a trace is not sampled', () => {
    const tracer = unsampledTracer();
    const headers = tracer.propagationHeaders?.(tracer.startSpan('call'));
    expect(headers?.['traceparent']).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  });

  it('carry the state of the trace, and no baggage', () => {
    const { tracer } = record();
    const remote = trace.setSpanContext(context.active(), {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      traceFlags: TraceFlags.SAMPLED,
      traceState: createTraceState('vendor=1'),
    });
    const baggage = propagation.createBaggage({ tenant: { value: 'ada' } });
    context.with(propagation.setBaggage(remote, baggage), () => {
      const call = tracer.startSpan('call');
      expect(propagationHeaders(call)).toEqual({
        traceparent: expect.stringMatching(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-01$`),
        tracestate: 'vendor=1',
      });
      const carrier = { accept: 'text/plain' };
      injectHeaders(carrier, call);
      expect(carrier).toEqual({
        accept: 'text/plain',
        ...propagationHeaders(call),
        baggage: 'tenant=ada',
      });
    });
  });

  it('are none where there is no trace', () => {
    const carrier = {};
    injectHeaders(carrier);
    injectHeaders(carrier, noopTracer.startSpan('call'));
    expect(carrier).toEqual({});
    expect(propagationHeaders()).toEqual({});
    expect(propagationHeaders(createTracer().startSpan('call'))).toEqual({});
    expect(propagationHeaders(noopTracer.startSpan('call'))).toEqual({});
    expect(createTracer().propagationHeaders?.(noopSpan)).toEqual({});
    expect(currentTraceId()).toBeUndefined();
  });
});

describe('the ids of the current span', () => {
  it('are those of log lines and, if it is sampled, of exemplars', () => {
    const { tracer, span } = record();
    const call = tracer.startSpan('call');
    const found = tracer.withSpan(call, () => [currentSpanIds(), sampledSpanIds()]);
    call.end();
    const { traceId, spanId } = span('call').spanContext();
    const ids = { trace_id: traceId, span_id: spanId };
    expect(found).toEqual([ids, ids]);
  });

  it('are none for an exemplar where nobody keeps the trace', () => {
    const tracer = unsampledTracer();
    const call = tracer.startSpan('call');
    expect(tracer.withSpan(call, currentSpanIds)).toEqual({
      trace_id: expect.stringMatching(/^[\da-f]{32}$/),
      span_id: expect.stringMatching(/^[\da-f]{16}$/),
    });
    expect(tracer.withSpan(call, sampledSpanIds)).toBeUndefined();
  });

  it('are none where there is no trace', () => {
    expect([currentSpanIds(), sampledSpanIds()]).toEqual([undefined, undefined]);
  });
});
