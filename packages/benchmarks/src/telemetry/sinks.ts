import type { ClientOptions, SpanDetail } from '@integrations/provider';
import type { Logger, MetricsRecorder, Tracer } from '@integrations/types';
import type { Tracer as OtelTracer } from '@opentelemetry/api';

/** What a client reports to, and the end of it. */
export interface Reporting {
  readonly options: Pick<ClientOptions, 'logger' | 'tracer' | 'metrics' | 'spanDetail'>;
  readonly end: () => Promise<void>;
}

/** `ExportResultCode.SUCCESS`. */
const EXPORTED = { code: 0 };

async function createPrometheus(): Promise<MetricsRecorder> {
  const { createMetrics } = await import('@integrations/metrics');
  return createMetrics();
}

/** Writes every line in full, to nowhere. */
async function createDiscardingLogger(): Promise<Logger> {
  const { createLogger } = await import('@integrations/logging');
  return createLogger({ level: 'info', destination: { write: () => undefined } });
}

/** The SDK with its batches, and an exporter that throws them away. */
export async function createDiscardingSdk(
  sampleRatio: number,
): Promise<{ tracer: OtelTracer; end: () => Promise<void> }> {
  const { context } = await import('@opentelemetry/api');
  const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
  const { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } =
    await import('@opentelemetry/sdk-trace');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = {
    export: (_spans: unknown, done: (result: { code: number }) => void) => done(EXPORTED),
    shutdown: async () => undefined,
  };
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  return {
    tracer: provider.getTracer('benchmark'),
    end: async () => {
      await provider.shutdown();
      context.disable();
    },
  };
}

async function createDiscardingTracer(
  sampleRatio: number,
): Promise<{ tracer: Tracer; end: () => Promise<void> }> {
  const { createTracer } = await import('@integrations/tracing');
  const { tracer, end } = await createDiscardingSdk(sampleRatio);
  return { tracer: createTracer({ tracer }), end };
}

/** A meter that is collected as in production, and whose figures are thrown away. */
async function createDiscardingMeter(): Promise<{
  metrics: MetricsRecorder;
  end: () => Promise<void>;
}> {
  const { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } =
    await import('@opentelemetry/sdk-metrics');
  const { createOtelMetrics } = await import('@integrations/metrics');
  const exporter = {
    export: (_metrics: unknown, done: (result: { code: number }) => void) => done(EXPORTED),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
    selectAggregationTemporality: () => AggregationTemporality.CUMULATIVE,
  };
  const reader = new PeriodicExportingMetricReader({ exporter });
  const provider = new MeterProvider({ readers: [reader] });
  return {
    metrics: createOtelMetrics({ meter: provider.getMeter('benchmark') }),
    end: () => provider.shutdown(),
  };
}

const nothing = async (): Promise<void> => undefined;

/** Reports nothing: what a client does by default. */
export async function silent(): Promise<Reporting> {
  return { options: {}, end: nothing };
}

export async function metricsOnly(): Promise<Reporting> {
  return { options: { metrics: await createPrometheus() }, end: nothing };
}

export async function loggerOnly(): Promise<Reporting> {
  return { options: { logger: await createDiscardingLogger() }, end: nothing };
}

export async function tracerOnly(): Promise<Reporting> {
  const { tracer, end } = await createDiscardingTracer(1);
  return { options: { tracer }, end };
}

/** Spans, log lines, and metrics for Prometheus. */
export async function withoutMeter(): Promise<Reporting> {
  const { tracer, end } = await createDiscardingTracer(1);
  const logger = await createDiscardingLogger();
  return { options: { logger, metrics: await createPrometheus(), tracer }, end };
}

/** Spans, log lines, and metrics both for Prometheus and for a meter. */
export async function everything({
  sampleRatio = 1,
  spanDetail = 'standard',
}: { readonly sampleRatio?: number; readonly spanDetail?: SpanDetail } = {}): Promise<Reporting> {
  const { combineMetrics } = await import('@integrations/metrics');
  const tracing = await createDiscardingTracer(sampleRatio);
  const meter = await createDiscardingMeter();
  return {
    options: {
      logger: await createDiscardingLogger(),
      metrics: combineMetrics(await createPrometheus(), meter.metrics),
      tracer: tracing.tracer,
      spanDetail,
    },
    end: async () => {
      await tracing.end();
      await meter.end();
    },
  };
}
