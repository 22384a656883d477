import { SecretString } from '@integrations/types';
import type { Resource } from '@opentelemetry/resources';
import type { PeriodicExportingMetricReader, PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { FailureReport } from './failure-report.ts';
import { reportFailures } from './reporting-exporter.ts';
import type { TelemetrySettings } from './telemetry-options.ts';
import type { OtlpConfiguration, TelemetryPackages } from './telemetry-packages.ts';

function otlpConfiguration(
  { endpoint, headers, exportTimeoutMs }: TelemetrySettings,
  path: string,
): OtlpConfiguration {
  const exposed = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    value instanceof SecretString ? value.expose() : value,
  ]);
  return {
    ...(endpoint !== undefined && { url: `${endpoint}${path}` }),
    headers: Object.fromEntries(exposed),
    timeoutMillis: exportTimeoutMs,
  };
}

/** What takes spans as they end; none where they go nowhere. */
export function createSpanProcessor(
  settings: TelemetrySettings,
  { sdkTrace, spanExporter }: TelemetryPackages,
  report: FailureReport,
): SpanProcessor | undefined {
  const { BatchSpanProcessor, ConsoleSpanExporter, SimpleSpanProcessor } = sdkTrace;
  if (settings.exporter === 'console') {
    const exporter = reportFailures('Spans', new ConsoleSpanExporter(), report);
    return new SimpleSpanProcessor({ exporter });
  }
  if (spanExporter === undefined) return undefined;
  const exporter = new spanExporter.OTLPTraceExporter(otlpConfiguration(settings, '/v1/traces'));
  return new BatchSpanProcessor({
    exporter: reportFailures('Spans', exporter, report),
    maxQueueSize: settings.maxQueueSize,
    maxExportBatchSize: settings.maxBatchSize,
    scheduledDelayMillis: settings.batchDelayMs,
    // The exporter gives up first, and says why.
    exportTimeoutMillis: settings.exportTimeoutMs * 2,
  });
}

function createMetricExporter(
  settings: TelemetrySettings,
  { sdkMetrics, metricExporter }: TelemetryPackages,
): PushMetricExporter | undefined {
  if (settings.exporter === 'console') return sdkMetrics && new sdkMetrics.ConsoleMetricExporter();
  return (
    metricExporter &&
    new metricExporter.OTLPMetricExporter(otlpConfiguration(settings, '/v1/metrics'))
  );
}

/** What collects metrics from time to time; none where there are no metrics. */
export function createMetricReader(
  settings: TelemetrySettings,
  packages: TelemetryPackages,
  report: FailureReport,
): PeriodicExportingMetricReader | undefined {
  const { metricsIntervalMs, exportTimeoutMs } = settings;
  const exporter = createMetricExporter(settings, packages);
  if (exporter === undefined || metricsIntervalMs === undefined) return undefined;
  return (
    packages.sdkMetrics &&
    new packages.sdkMetrics.PeriodicExportingMetricReader({
      exporter: reportFailures('Metrics', exporter, report),
      exportIntervalMillis: metricsIntervalMs,
      // The reader refuses a timeout above its interval.
      exportTimeoutMillis: Math.min(exportTimeoutMs * 2, metricsIntervalMs),
    })
  );
}

/** The sampler; undefined where the environment chooses it. */
export function createSampler(
  { sampleRatio }: TelemetrySettings,
  { sdkTrace }: TelemetryPackages,
): Sampler | undefined {
  if (sampleRatio === undefined) return undefined;
  const { ParentBasedSampler, TraceIdRatioBasedSampler } = sdkTrace;
  return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) });
}

/**
 * What is said of the process. The detectors of the SDK for process and host are left
 * out: they tell the command line, where secrets stand at times.
 */
export function createResource(
  { serviceName, resource }: TelemetrySettings,
  { resources }: TelemetryPackages,
): Resource {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  return defaultResource()
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(
      resourceFromAttributes({
        ...resource,
        ...(serviceName !== undefined && { 'service.name': serviceName }),
      }),
    );
}
