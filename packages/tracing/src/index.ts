export { createTracer, type TracerOptions } from './create-tracer.ts';
export {
  type ContentCapture,
  type GenAiContent,
  genAiContentAttributes,
} from './gen-ai-content.ts';
export { currentTraceId, injectHeaders, propagationHeaders } from './propagation.ts';
