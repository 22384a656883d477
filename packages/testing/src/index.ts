export { ManualClock, type ManualClockOptions } from './manual-clock.ts';
export type { MockChunk } from './mock-body.ts';
export {
  type MockHandler,
  MockHttpTransport,
  type MockHttpTransportOptions,
  type MockReply,
  type MockResponse,
  type MockStream,
} from './mock-http-transport.ts';
export { type LogLine, TestLogger, type TestLoggerOptions } from './test-logger.ts';
export {
  type MetricKind,
  type MetricRecord,
  type RecordedMetric,
  TestMetrics,
} from './test-metrics.ts';
export { type RecordedEvent, TestSpan, TestTracer } from './test-tracer.ts';
