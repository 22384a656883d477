import type { MetricDefinition } from './metric-definition.ts';
import { MISTRAL_METRICS } from './mistral-metrics.ts';
import { OPENAI_METRICS } from './openai-metrics.ts';

/** A provider whose metrics are known. */
export type MetricsProvider = 'openai' | 'mistral';

const DEFINITIONS: Readonly<Record<MetricsProvider, readonly MetricDefinition[]>> = {
  openai: OPENAI_METRICS,
  mistral: MISTRAL_METRICS,
};

/** Every provider whose metrics are known. */
export const METRICS_PROVIDERS: readonly MetricsProvider[] = ['openai', 'mistral'];

/** Whether the metrics of a provider are known. */
export function isMetricsProvider(name: string): name is MetricsProvider {
  return Object.hasOwn(DEFINITIONS, name);
}

/** Every metric of a provider. */
export function metricDefinitions(provider: MetricsProvider): readonly MetricDefinition[] {
  return DEFINITIONS[provider];
}
