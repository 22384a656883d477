import { ConfigurationError, wrongOption } from '@integrations/errors';
import {
  isMetricsProvider,
  type MetricDefinition,
  metricDefinitions,
  METRICS_PROVIDERS,
  type MetricsProvider,
  type MetricTopic,
} from '@integrations/semantic-conventions';
import { checkMetricName } from './metric-name.ts';

const TITLES: Readonly<Record<MetricsProvider, string>> = { openai: 'OpenAI', mistral: 'Mistral' };

/** The metrics of a provider as a program exposes them, for writing queries. */
export interface ProviderMetrics {
  readonly provider: MetricsProvider;
  /** As people write it. */
  readonly title: string;
  readonly definitions: readonly MetricDefinition[];
  /** The name with everything but the provider left out: `errors_total`. */
  get(name: string): MetricDefinition;
  about(topic: MetricTopic): readonly MetricDefinition[];
}

/** @throws ConfigurationError for a provider that is not known, or a wrong prefix. */
export function providerMetrics(provider: MetricsProvider, prefix: string): ProviderMetrics {
  if (!isMetricsProvider(provider)) {
    throw wrongOption('provider', `one of ${METRICS_PROVIDERS.join(', ')}`, provider);
  }
  const definitions = metricDefinitions(provider).map((definition) => {
    const name = `${prefix}${definition.name}`;
    checkMetricName(name);
    return { ...definition, name };
  });
  return {
    provider,
    title: TITLES[provider],
    definitions,
    get: (name) => {
      const wanted = `${prefix}${provider}_${name}`;
      const definition = definitions.find((one) => one.name === wanted);
      if (definition !== undefined) return definition;
      throw new ConfigurationError(`${provider} has no metric ${wanted}.`);
    },
    about: (topic) => definitions.filter((definition) => definition.topic === topic),
  };
}
