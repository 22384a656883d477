export { createTracer, type TracerOptions } from './create-tracer.ts';
export {
  genAiRequestAttributes,
  genAiResponseAttributes,
  genAiSpanName,
} from './genai-attributes.ts';
export { type ContentCapture, type GenAiContent, genAiContentAttributes } from './genai-content.ts';
export type {
  GenAiOperation,
  GenAiProvider,
  GenAiRequestFacts,
  GenAiResponseFacts,
  GenAiToolFacts,
  GenAiUsage,
  OpenAiRequestFacts,
  OpenAiResponseFacts,
} from './genai-facts.ts';
export {
  GEN_AI_INSTRUMENTS,
  type GenAiInstrument,
  type GenAiInstruments,
  type GenAiMetric1_41,
  type GenAiMetricLatest,
} from './genai-instruments.ts';
export {
  type GenAiCallFacts,
  type GenAiMeasurement,
  genAiMeasurements,
} from './genai-measurements.ts';
export {
  GEN_AI_ATTRIBUTES,
  type GenAiAttribute,
  type GenAiAttributeNames,
  type GenAiProfile,
} from './genai-names.ts';
export { type Environment, genAiProfile } from './genai-profile.ts';
export {
  type HttpDialect,
  httpRequestAttributes,
  type HttpRequestFacts,
  httpResponseAttributes,
  type HttpResponseFacts,
} from './http-attributes.ts';
export { currentTraceId, injectHeaders, propagationHeaders } from './propagation.ts';
export { redactUrl } from './redact-url.ts';
export {
  SPAN_LEVELS,
  type SpanDetail,
  type SpanDetailOptions,
  type SpanLevels,
  withDetail,
} from './span-detail.ts';
