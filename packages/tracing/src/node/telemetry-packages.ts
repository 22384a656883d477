import type * as Resources from '@opentelemetry/resources';
import type * as SdkMetrics from '@opentelemetry/sdk-metrics';
import type * as SdkNode from '@opentelemetry/sdk-node';
import type * as SdkTrace from '@opentelemetry/sdk-trace';
import { type LoadedPackages, loadPackages, type PackageLoader } from './load-packages.ts';
import type { OtlpProtocol, TelemetrySettings } from './telemetry-options.ts';

/** What the OTLP exporters are configured with; what is left out they read from the environment. */
export interface OtlpConfiguration {
  readonly url?: string;
  readonly headers: Record<string, string>;
  readonly timeoutMillis: number;
}

interface SpanExporterModule {
  readonly OTLPTraceExporter: new (configuration: OtlpConfiguration) => SdkTrace.SpanExporter;
}

interface MetricExporterModule {
  readonly OTLPMetricExporter: new (
    configuration: OtlpConfiguration,
  ) => SdkMetrics.PushMetricExporter;
}

const sdkNode: PackageLoader<typeof SdkNode> = {
  name: '@opentelemetry/sdk-node',
  load: () => import('@opentelemetry/sdk-node'),
};

const sdkTrace: PackageLoader<typeof SdkTrace> = {
  name: '@opentelemetry/sdk-trace',
  load: () => import('@opentelemetry/sdk-trace'),
};

const sdkMetrics: PackageLoader<typeof SdkMetrics> = {
  name: '@opentelemetry/sdk-metrics',
  load: () => import('@opentelemetry/sdk-metrics'),
};

const resources: PackageLoader<typeof Resources> = {
  name: '@opentelemetry/resources',
  load: () => import('@opentelemetry/resources'),
};

const spanExporters: Readonly<Record<OtlpProtocol, PackageLoader<SpanExporterModule>>> = {
  'http/protobuf': {
    name: '@opentelemetry/exporter-trace-otlp-proto',
    load: () => import('@opentelemetry/exporter-trace-otlp-proto'),
  },
  'http/json': {
    name: '@opentelemetry/exporter-trace-otlp-http',
    load: () => import('@opentelemetry/exporter-trace-otlp-http'),
  },
};

const metricExporters: Readonly<Record<OtlpProtocol, PackageLoader<MetricExporterModule>>> = {
  'http/protobuf': {
    name: '@opentelemetry/exporter-metrics-otlp-proto',
    load: () => import('@opentelemetry/exporter-metrics-otlp-proto'),
  },
  'http/json': {
    name: '@opentelemetry/exporter-metrics-otlp-http',
    load: () => import('@opentelemetry/exporter-metrics-otlp-http'),
  },
};

type Needed = {
  readonly sdkNode: typeof sdkNode;
  readonly sdkTrace: typeof sdkTrace;
  readonly resources: typeof resources;
  readonly sdkMetrics: typeof sdkMetrics | undefined;
  readonly spanExporter: PackageLoader<SpanExporterModule> | undefined;
  readonly metricExporter: PackageLoader<MetricExporterModule> | undefined;
};

/** The packages of OpenTelemetry that the settings ask for. */
export type TelemetryPackages = LoadedPackages<Needed>;

/** @throws ConfigurationError that says what to install. */
export function loadTelemetryPackages({
  exporter,
  protocol,
  metricsIntervalMs,
}: TelemetrySettings): Promise<TelemetryPackages> {
  const hasMetrics = metricsIntervalMs !== undefined;
  const isOtlp = exporter === 'otlp';
  return loadPackages<Needed>({
    sdkNode,
    sdkTrace,
    resources,
    sdkMetrics: hasMetrics ? sdkMetrics : undefined,
    spanExporter: isOtlp ? spanExporters[protocol] : undefined,
    metricExporter: isOtlp && hasMetrics ? metricExporters[protocol] : undefined,
  });
}
