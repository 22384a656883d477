export {
  GEN_AI_ATTRIBUTES,
  type GenAiAttribute,
  type GenAiAttributeNames,
} from './gen-ai-attribute-names.ts';
export {
  genAiRequestAttributes,
  genAiResponseAttributes,
  genAiSpanName,
} from './gen-ai-attributes.ts';
export type {
  GenAiOperation,
  GenAiProvider,
  GenAiRequestFacts,
  GenAiResponseFacts,
  GenAiToolFacts,
  GenAiUsage,
  OpenAiRequestFacts,
  OpenAiResponseFacts,
} from './gen-ai-facts.ts';
export {
  type GenAiCallFacts,
  type GenAiMeasurement,
  genAiMeasurements,
} from './gen-ai-measurements.ts';
export { genAiMetricDefinitions, type GenAiMetricDefinition } from './gen-ai-metrics.ts';
export {
  type Environment,
  GEN_AI_PROFILES,
  genAiProfile,
  type GenAiProfile,
} from './gen-ai-profile.ts';
export {
  type HttpDialect,
  httpRequestAttributes,
  type HttpRequestFacts,
  httpResponseAttributes,
  type HttpResponseFacts,
  serverOf,
  type ServerFacts,
} from './http-attributes.ts';
export type {
  DeclaredMetric,
  MetricDefinition,
  MetricKind,
  MetricTopic,
  MetricUnit,
} from './metric-definition.ts';
export {
  isMetricsProvider,
  metricDefinitions,
  METRICS_PROVIDERS,
  type MetricsProvider,
} from './metrics-provider.ts';
export { MISTRAL_METRICS } from './mistral-metrics.ts';
export { OPENAI_METRICS } from './openai-metrics.ts';
export { providerMetrics, type ProviderMetricsShape } from './provider-metrics.ts';
