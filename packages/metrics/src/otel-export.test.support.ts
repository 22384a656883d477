import type { Meter } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';

/** What a meter of the real SDK would export. */
export interface OtelExport {
  readonly meter: Meter;
  metric(name: string): Promise<MetricData | undefined>;
  names(): Promise<string[]>;
  /** As the contract of recorders asks: a sum, a value, or how many values were counted. */
  read(name: string, attributes?: Readonly<Record<string, unknown>>): Promise<number | undefined>;
  close(): Promise<void>;
}

function keyOf(attributes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    Object.keys(attributes)
      .toSorted()
      .map((name) => [name, attributes[name]]),
  );
}

/** A meter of the real SDK, read by hand. */
export function createOtelExport(): OtelExport {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const collect = async (): Promise<MetricData[]> => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  };
  return {
    meter: provider.getMeter('test'),
    metric: async (name) => (await collect()).find(({ descriptor }) => descriptor.name === name),
    names: async () => (await collect()).map(({ descriptor }) => descriptor.name),
    read: async (name, attributes = {}) => {
      const metric = (await collect()).find(({ descriptor }) => descriptor.name === name);
      const points: readonly DataPoint<number | { readonly count: number }>[] =
        metric?.dataPoints ?? [];
      const point = points.find((one) => keyOf(one.attributes) === keyOf(attributes));
      return typeof point?.value === 'object' ? point.value.count : point?.value;
    },
    close: () => provider.shutdown(),
  };
}
