import type { DeclaredMetric } from '@integrations/semantic-conventions';
import type { HistogramOptions, MetricOptions, MetricsRecorder } from '@integrations/types';

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
