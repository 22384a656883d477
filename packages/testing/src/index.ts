export {
  type BulkheadContractOptions,
  type BulkheadContractSettings,
  describeBulkheadContract,
} from './bulkhead-contract.ts';
export {
  type CircuitBreakerContractOptions,
  type CircuitBreakerContractSettings,
  describeCircuitBreakerContract,
} from './circuit-breaker-contract.ts';
export { type ClockContractOptions, describeClockContract } from './clock-contract.ts';
export {
  type ConfigProviderContractOptions,
  type ConfigProviderContractSettings,
  describeConfigProviderContract,
} from './config-provider-contract.ts';
export type { ContractOptions, TestFramework } from './contract.ts';
export type { ContractClock, TimedContractOptions } from './contract-clock.ts';
export {
  describeHttpTransportContract,
  type HttpTransportContractOptions,
} from './http-transport-contract.ts';
export {
  describeLoggerContract,
  type LoggerContractOptions,
  type LoggerContractSettings,
  type ReadableLogger,
  type WrittenLine,
} from './logger-contract.ts';
export { ManualClock, type ManualClockOptions } from './manual-clock.ts';
export {
  describeMetricsContract,
  type MetricsContractOptions,
  type ReadableMetrics,
} from './metrics-contract.ts';
export type { MockChunk } from './mock-body.ts';
export { MockBulkhead, MockBulkheadPermit } from './mock-bulkhead.ts';
export {
  MockBreakerPermit,
  type MockBreakerReport,
  MockCircuitBreaker,
  type MockCircuitBreakerOptions,
} from './mock-circuit-breaker.ts';
export {
  type MockHandler,
  MockHttpTransport,
  type MockHttpTransportOptions,
  type MockReply,
  type MockResponse,
  type MockStream,
} from './mock-http-transport.ts';
export {
  MockRateLimiter,
  type MockRateLimiterOptions,
  MockRateLimitPermit,
} from './mock-rate-limiter.ts';
export {
  type MockAttempt,
  type MockExecution,
  MockRetryExecutor,
  type MockRetryExecutorOptions,
} from './mock-retry-executor.ts';
export {
  describeRateLimiterContract,
  type RateLimiterContractOptions,
  type RateLimiterContractSettings,
} from './rate-limiter-contract.ts';
export {
  describeRetryExecutorContract,
  type RetryExecutorContractOptions,
  type RetryExecutorContractSettings,
} from './retry-executor-contract.ts';
export {
  describeRetryPolicyContract,
  type RetryPolicyContractOptions,
  type RetryPolicyContractSettings,
} from './retry-policy-contract.ts';
export { type LogLine, TestLogger, type TestLoggerOptions } from './test-logger.ts';
export {
  type MetricKind,
  type MetricRecord,
  type RecordedMetric,
  TestMetrics,
} from './test-metrics.ts';
export { type RecordedEvent, TestSpan, TestTracer } from './test-tracer.ts';
export {
  describeTracerContract,
  type EndedSpan,
  type ReadableTracer,
  type TracerContractOptions,
} from './tracer-contract.ts';
