export type { Bulkhead, BulkheadOutcome, BulkheadPermit, BulkheadRequest } from './bulkhead.ts';
export type {
  BreakerPermit,
  BreakerRejection,
  CircuitBreaker,
  CircuitState,
} from './circuit-breaker.ts';
export { type Clock, systemClock } from './clock.ts';
export type { ConfigProvider, Schema } from './config.ts';
export { type Duration, parseDuration } from './duration.ts';
export type { Headers } from './headers.ts';
export type {
  ConnectionCounts,
  HttpMethod,
  HttpRequest,
  HttpRequestBody,
  HttpResponse,
  HttpStreamingBody,
  HttpStreamingResponse,
  HttpTransport,
} from './http.ts';
export type { JsonArray, JsonObject, JsonValue } from './json.ts';
export { LevelMethods } from './level-methods.ts';
export { type Fields, type Logger, type LogLevel, noopLogger } from './logger.ts';
export {
  type Counter,
  type Gauge,
  type Histogram,
  type HistogramOptions,
  type Labels,
  type MetricOptions,
  type MetricsRecorder,
  noopMetrics,
} from './metrics.ts';
export type {
  AttemptObserver,
  AttemptQueue,
  ExecutionOptions,
  Orchestrator,
} from './orchestrator.ts';
export { type RandomSource, systemRandom } from './random.ts';
export type {
  Availability,
  ObservedLimit,
  ObservedLimits,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from './rate-limiter.ts';
export type { AttemptContext, RetryExecutionOptions, RetryExecutor, RetryPolicy } from './retry.ts';
export { parseRetryAfter } from './retry-after.ts';
export { SecretString } from './secret-string.ts';
export {
  type Attributes,
  type AttributeValue,
  noopSpan,
  noopTracer,
  type Span,
  type SpanKind,
  type SpanOptions,
  type SpanStatus,
  type Tracer,
} from './tracer.ts';
