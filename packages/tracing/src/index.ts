export { createTracer, type TracerOptions } from './create-tracer.ts';
export {
  type ContentCapture,
  type GenAiContent,
  genAiContentAttributes,
} from './gen-ai-content.ts';
export {
  currentSpanIds,
  currentTraceId,
  injectHeaders,
  propagationHeaders,
  sampledSpanIds,
  type SpanIds,
} from './propagation.ts';
