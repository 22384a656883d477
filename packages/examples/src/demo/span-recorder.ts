import { createTracer } from '@integrations/tracing';
import type { Tracer } from '@integrations/types';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { type SpanNode, spanTrees } from './span-tree.ts';

/** Keeps the spans of a client's calls, to be shown in the end. */
export interface SpanRecorder {
  /** For the client's option `tracer`. */
  readonly tracer: Tracer;
  /** The spans that have ended, below their parents. */
  trees(): SpanNode[];
}

/** Records with OpenTelemetry's SDK, which keeps in memory what others send to a collector. */
export function createSpanRecorder(): SpanRecorder {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  return {
    tracer: createTracer({ tracer: provider.getTracer('demo') }),
    trees: () => spanTrees(exporter.getFinishedSpans()),
  };
}
