import {
  type Counter,
  type Gauge,
  type Histogram,
  type HistogramOptions,
  type MetricOptions,
  type MetricsRecorder,
  noopMetrics,
} from '@integrations/types';

/**
 * Records everything with each of the recorders, in their order. A recorder that gives an
 * instrument of `noopMetrics` is left out of that metric.
 *
 * Where one of them throws while recording, those after it still record; then the first
 * error is thrown. The recorders of this package never do.
 */
export function combineMetrics(...recorders: readonly MetricsRecorder[]): MetricsRecorder {
  return {
    counter: (name: string, options?: MetricOptions): Counter =>
      combine(
        recorders.map((recorder) => recorder.counter(name, options)),
        noopMetrics.counter(name),
        (counters) => ({
          add: (value, labels) => forEach(counters, (one) => one.add(value, labels)),
        }),
      ),
    histogram: (name: string, options?: HistogramOptions): Histogram =>
      combine(
        recorders.map((recorder) => recorder.histogram(name, options)),
        noopMetrics.histogram(name),
        (histograms) => ({
          observe: (value, labels) => forEach(histograms, (one) => one.observe(value, labels)),
        }),
      ),
    gauge: (name: string, options?: MetricOptions): Gauge =>
      combine(
        recorders.map((recorder) => recorder.gauge(name, options)),
        noopMetrics.gauge(name),
        (gauges) => ({ set: (value, labels) => forEach(gauges, (one) => one.set(value, labels)) }),
      ),
  };
}

/** Leaves out those that record nothing, and does not stand before the only one that does. */
function combine<Metric>(
  metrics: readonly Metric[],
  noop: Metric,
  all: (metrics: readonly Metric[]) => Metric,
): Metric {
  const recording = metrics.filter((metric) => metric !== noop);
  const [only = noop, ...others] = recording;
  return others.length === 0 ? only : all(recording);
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
