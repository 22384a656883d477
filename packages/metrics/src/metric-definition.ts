import type { HistogramOptions, MetricOptions, MetricsRecorder } from '@integrations/types';

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

/** A metric as data: recorders, dashboards and alerts are made from the same one. */
export interface MetricDefinition {
  readonly name: string;
  readonly kind: MetricKind;
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds, ascending; histograms only. */
  readonly buckets?: readonly number[];
  readonly unit: MetricUnit;
  readonly topic: MetricTopic;
  /** The label that a graph draws a line for each value of. @default one line for all */
  readonly splitBy?: string;
}

/** What a recorder is asked for, in any of the three kinds. */
export interface DeclaredMetric {
  readonly name: string;
  readonly kind: MetricKind;
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

function optionsOf(definition: DeclaredMetric): HistogramOptions {
  const options: MetricOptions = { help: definition.help, labelNames: definition.labels };
  return definition.buckets === undefined ? options : { ...options, buckets: definition.buckets };
}

/**
 * Declares metrics before their first value, so that a conflict shows when a program
 * starts and a scrape lists them from the beginning.
 *
 * @throws ConfigurationError if the recorder has one of the names with another definition.
 */
export function declareMetrics(
  recorder: MetricsRecorder,
  definitions: readonly DeclaredMetric[],
): void {
  for (const definition of definitions) {
    recorder[definition.kind](definition.name, optionsOf(definition));
  }
}
