import {
  BODY_BYTES,
  CALL_TOKENS,
  FIRST_TOKEN_SECONDS,
  STREAM_SECONDS,
  WAIT_SECONDS,
} from './buckets.ts';
import type { MetricDefinition } from './metric-definition.ts';

const REQUESTS: readonly MetricDefinition[] = [
  {
    name: 'mistral_requests_total',
    kind: 'counter',
    help: 'Calls by how they ended.',
    labels: ['method', 'endpoint', 'status', 'model'],
    unit: 'count',
    topic: 'traffic',
    splitBy: 'status',
  },
  {
    name: 'mistral_request_duration_seconds',
    kind: 'histogram',
    help: 'Seconds from call to result, retries included.',
    labels: ['method', 'endpoint', 'model'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    unit: 'seconds',
    topic: 'latency',
  },
  {
    name: 'mistral_request_size_bytes',
    kind: 'histogram',
    help: 'Bytes of request bodies.',
    labels: ['endpoint'],
    buckets: BODY_BYTES,
    unit: 'bytes',
    topic: 'sizes',
  },
  {
    name: 'mistral_response_size_bytes',
    kind: 'histogram',
    help: 'Bytes of response bodies.',
    labels: ['endpoint'],
    buckets: BODY_BYTES,
    unit: 'bytes',
    topic: 'sizes',
  },
];

const TOKENS: readonly MetricDefinition[] = [
  {
    name: 'mistral_tokens_total',
    kind: 'counter',
    help: 'Tokens that the provider reported.',
    labels: ['type', 'model'],
    unit: 'tokens',
    topic: 'tokens',
    splitBy: 'type',
  },
  {
    name: 'mistral_tokens_per_request',
    kind: 'histogram',
    help: 'Tokens of one call.',
    labels: ['type', 'model'],
    buckets: CALL_TOKENS,
    unit: 'tokens',
    topic: 'tokens',
    splitBy: 'type',
  },
];

const STREAMS: readonly MetricDefinition[] = [
  {
    name: 'mistral_stream_chunks_total',
    kind: 'counter',
    help: 'Events that streams gave.',
    labels: ['model'],
    unit: 'count',
    topic: 'streaming',
    splitBy: 'model',
  },
  {
    name: 'mistral_time_to_first_token_seconds',
    kind: 'histogram',
    help: 'Seconds from call to the first event of its stream.',
    labels: ['model'],
    buckets: FIRST_TOKEN_SECONDS,
    unit: 'seconds',
    topic: 'streaming',
  },
  {
    name: 'mistral_stream_duration_seconds',
    kind: 'histogram',
    help: 'Seconds from call to the end of its stream.',
    labels: ['model'],
    buckets: STREAM_SECONDS,
    unit: 'seconds',
    topic: 'streaming',
  },
];

const RESILIENCE: readonly MetricDefinition[] = [
  {
    name: 'mistral_retries_total',
    kind: 'counter',
    help: 'Attempts after the first.',
    labels: ['endpoint', 'reason'],
    unit: 'count',
    topic: 'retries',
    splitBy: 'reason',
  },
  {
    name: 'mistral_circuit_breaker_state',
    kind: 'gauge',
    help: 'State of the breaker: 0 closed, 1 open, 2 half-open.',
    labels: [],
    unit: 'state',
    topic: 'breaker',
  },
  {
    name: 'mistral_circuit_breaker_transitions_total',
    kind: 'counter',
    help: 'Changes of the state of a breaker.',
    labels: ['from', 'to'],
    unit: 'count',
    topic: 'breaker',
    splitBy: 'to',
  },
  {
    name: 'mistral_rate_limit_wait_seconds',
    kind: 'histogram',
    help: 'Seconds that attempts waited for the rate limit.',
    labels: [],
    buckets: WAIT_SECONDS,
    unit: 'seconds',
    topic: 'limits',
  },
  {
    name: 'mistral_rate_limit_rejections_total',
    kind: 'counter',
    help: 'Attempts that the rate limit turned away.',
    labels: [],
    unit: 'count',
    topic: 'limits',
  },
];

const ERRORS: readonly MetricDefinition[] = [
  {
    name: 'mistral_errors_total',
    kind: 'counter',
    help: 'Calls that failed, by error code.',
    labels: ['type', 'endpoint', 'status_code'],
    unit: 'count',
    topic: 'errors',
    splitBy: 'type',
  },
];

/** What a client of Mistral records. */
export const MISTRAL_METRICS: readonly MetricDefinition[] = [
  ...REQUESTS,
  ...TOKENS,
  ...STREAMS,
  ...RESILIENCE,
  ...ERRORS,
];
