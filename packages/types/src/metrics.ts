/** What a metric's value is split by. */
export interface Labels {
  readonly [name: string]: string;
}

/** How a metric is declared. The same name always has the same definition. */
export interface MetricOptions {
  readonly help?: string;
  readonly labelNames?: readonly string[];
}

/** A histogram's definition. */
export interface HistogramOptions extends MetricOptions {
  /** Upper bounds, ascending. */
  readonly buckets?: readonly number[];
}

/** Only grows. */
export interface Counter {
  add(value: number, labels?: Labels): void;
}

/** Counts values into buckets. */
export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

/** Goes up and down. */
export interface Gauge {
  set(value: number, labels?: Labels): void;
}

/** Makes metrics; asked twice for one name, it gives the same metric. */
export interface MetricsRecorder {
  counter(name: string, options?: MetricOptions): Counter;
  histogram(name: string, options?: HistogramOptions): Histogram;
  gauge(name: string, options?: MetricOptions): Gauge;
}

function discard(): void {}

const noopCounter: Counter = { add: discard };
const noopHistogram: Histogram = { observe: discard };
const noopGauge: Gauge = { set: discard };

/** Records nothing. Every name has the same instrument of its kind, by which it can be known. */
export const noopMetrics: MetricsRecorder = {
  counter: () => noopCounter,
  histogram: () => noopHistogram,
  gauge: () => noopGauge,
};
