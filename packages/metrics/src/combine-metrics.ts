import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  MetricOptions,
  MetricsRecorder,
} from '@integrations/types';

/**
 * Records everything with each of the recorders, in their order.
 *
 * Where one of them throws while recording, those after it still record; then the first
 * error is thrown. The recorders of this package never do.
 */
export function combineMetrics(...recorders: readonly MetricsRecorder[]): MetricsRecorder {
  return {
    counter: (name: string, options?: MetricOptions): Counter => {
      const counters = recorders.map((recorder) => recorder.counter(name, options));
      return { add: (value, labels) => forEach(counters, (one) => one.add(value, labels)) };
    },
    histogram: (name: string, options?: HistogramOptions): Histogram => {
      const histograms = recorders.map((recorder) => recorder.histogram(name, options));
      return {
        observe: (value, labels) => forEach(histograms, (one) => one.observe(value, labels)),
      };
    },
    gauge: (name: string, options?: MetricOptions): Gauge => {
      const gauges = recorders.map((recorder) => recorder.gauge(name, options));
      return { set: (value, labels) => forEach(gauges, (one) => one.set(value, labels)) };
    },
  };
}

function forEach<Metric>(metrics: readonly Metric[], record: (metric: Metric) => void): void {
  const failures: unknown[] = [];
  for (const metric of metrics) {
    try {
      record(metric);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
