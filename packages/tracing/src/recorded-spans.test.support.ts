import type { SpanKind as OurKind, SpanStatus, Tracer } from '@integrations/types';
import { context, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { createTracer, type TracerOptions } from './create-tracer.ts';

/** A tracer over an SDK whose spans can be read. Spans follow async work once `useContextManager` ran. */
export interface Recorded {
  readonly tracer: Tracer;
  readonly spans: () => ReadableSpan[];
  readonly span: (name: string) => ReadableSpan;
}

/** Sets up the context manager of the SDK, as an application does; nothing else of it. */
export function useContextManager(): () => void {
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource: resourceFromAttributes({}),
    spanProcessors: [],
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return () => context.disable();
}

export function record(options: Omit<TracerOptions, 'tracer'> = {}): Recorded {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
  return {
    tracer: createTracer({ ...options, tracer: provider.getTracer('test') }),
    spans,
    span: (name) => {
      const found = spans().find((span) => span.name === name);
      if (found === undefined) throw new Error(`no span named ${name}`);
      return found;
    },
  };
}

export function unsampledTracer(): Tracer {
  const provider = new TracerProvider({ sampler: new AlwaysOffSampler() });
  return createTracer({ tracer: provider.getTracer('test') });
}

/** Kinds and statuses by the API's numbers. */
export const KIND_NAMES: Readonly<Record<SpanKind, OurKind>> = Object.fromEntries([
  [SpanKind.INTERNAL, 'internal'],
  [SpanKind.CLIENT, 'client'],
  [SpanKind.SERVER, 'server'],
  [SpanKind.PRODUCER, 'producer'],
  [SpanKind.CONSUMER, 'consumer'],
]) as Record<SpanKind, OurKind>;

export const STATUS_NAMES: Readonly<Record<SpanStatusCode, SpanStatus>> = Object.fromEntries([
  [SpanStatusCode.UNSET, 'unset'],
  [SpanStatusCode.OK, 'ok'],
  [SpanStatusCode.ERROR, 'error'],
]) as Record<SpanStatusCode, SpanStatus>;

export function parentName(spans: readonly ReadableSpan[], span: ReadableSpan): string | undefined {
  const id = span.parentSpanContext?.spanId;
  return spans.find((candidate) => candidate.spanContext().spanId === id)?.name;
}
