/** What a metric can be. */
export type MetricKind = 'counter' | 'histogram' | 'gauge';

/** What a metric tells of; a dashboard shows one row for each. */
export type MetricTopic =
  | 'traffic'
  | 'latency'
  | 'errors'
  | 'tokens'
  | 'retries'
  | 'breaker'
  | 'limits'
  | 'streaming'
  | 'sizes';

/** What is measured. */
export type MetricUnit = 'seconds' | 'bytes' | 'tokens' | 'state' | 'count';

/** What a recorder is asked for, in any of the three kinds. */
export interface DeclaredMetric {
  readonly name: string;
  readonly kind: MetricKind;
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds, ascending; histograms only. */
  readonly buckets?: readonly number[];
}

/** A metric as data: recorders, dashboards and alerts are made from the same one. */
export interface MetricDefinition extends DeclaredMetric {
  readonly unit: MetricUnit;
  readonly topic: MetricTopic;
  /** The label that a graph draws a line for each value of. @default one line for all */
  readonly splitBy?: string;
}
