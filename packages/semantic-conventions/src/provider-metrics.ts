import {
  BODY_BYTES,
  CALL_TOKENS,
  FIRST_TOKEN_SECONDS,
  STREAM_SECONDS,
  WAIT_SECONDS,
} from './buckets.ts';
import type { MetricDefinition } from './metric-definition.ts';

/** What the metrics of the providers differ in. */
export interface ProviderMetricsShape {
  /** Of `requests_total`. */
  readonly requestLabels: readonly string[];
  /** Of `request_duration_seconds`. */
  readonly durationLabels: readonly string[];
  /** Of `request_duration_seconds`, in seconds. */
  readonly durationBuckets: readonly number[];
  /** Of `errors_total`. */
  readonly errorLabels: readonly string[];
  /** Which of `errorLabels` holds the error's code. */
  readonly errorCode: string;
  /** Of `circuit_breaker_state`: none for one breaker, the label that tells several apart. */
  readonly breaker: { readonly labels: readonly string[]; readonly splitBy?: string };
}

/** What is recorded of every provider in the same way, by names that lack the provider. */
const SHARED: readonly MetricDefinition[] = [
  {
    name: 'request_size_bytes',
    kind: 'histogram',
    help: 'Bytes of request bodies.',
    labels: ['endpoint'],
    buckets: BODY_BYTES,
    unit: 'bytes',
    topic: 'sizes',
  },
  {
    name: 'response_size_bytes',
    kind: 'histogram',
    help: 'Bytes of response bodies.',
    labels: ['endpoint'],
    buckets: BODY_BYTES,
    unit: 'bytes',
    topic: 'sizes',
  },
  {
    name: 'tokens_total',
    kind: 'counter',
    help: 'Tokens used: as reported, or estimated where a stream was cut before its report.',
    labels: ['model', 'type'],
    unit: 'tokens',
    topic: 'tokens',
    splitBy: 'type',
  },
  {
    name: 'tokens_per_request',
    kind: 'histogram',
    help: 'Tokens of one call.',
    labels: ['model', 'type'],
    buckets: CALL_TOKENS,
    unit: 'tokens',
    topic: 'tokens',
    splitBy: 'type',
  },
  {
    name: 'usage_total',
    kind: 'counter',
    help: 'Calls by what is known of their tokens.',
    labels: ['state', 'model'],
    unit: 'count',
    topic: 'tokens',
    splitBy: 'state',
  },
  {
    name: 'stream_chunks_total',
    kind: 'counter',
    help: 'Events that streams gave.',
    labels: ['model'],
    unit: 'count',
    topic: 'streaming',
    splitBy: 'model',
  },
  {
    name: 'time_to_first_token_seconds',
    kind: 'histogram',
    help: 'Seconds from call to the first event of its stream.',
    labels: ['model'],
    buckets: FIRST_TOKEN_SECONDS,
    unit: 'seconds',
    topic: 'streaming',
  },
  {
    name: 'stream_duration_seconds',
    kind: 'histogram',
    help: 'Seconds from call to the end of its stream.',
    labels: ['model'],
    buckets: STREAM_SECONDS,
    unit: 'seconds',
    topic: 'streaming',
  },
  {
    name: 'retries_total',
    kind: 'counter',
    help: 'Attempts after the first.',
    labels: ['endpoint', 'reason'],
    unit: 'count',
    topic: 'retries',
    splitBy: 'reason',
  },
  {
    name: 'circuit_breaker_transitions_total',
    kind: 'counter',
    help: 'Changes of the state of a breaker.',
    labels: ['from', 'to'],
    unit: 'count',
    topic: 'breaker',
    splitBy: 'to',
  },
  {
    name: 'rate_limit_wait_seconds',
    kind: 'histogram',
    help: 'Seconds that attempts waited for the rate limit.',
    labels: [],
    buckets: WAIT_SECONDS,
    unit: 'seconds',
    topic: 'limits',
  },
  {
    name: 'rate_limit_rejections_total',
    kind: 'counter',
    help: 'Attempts that the rate limit turned away.',
    labels: [],
    unit: 'count',
    topic: 'limits',
  },
];

/** Of a provider that needs no other: all labels that there are, and time for slow models. */
const DEFAULT_SHAPE: ProviderMetricsShape = {
  requestLabels: ['method', 'endpoint', 'status', 'model'],
  durationLabels: ['method', 'endpoint', 'model'],
  durationBuckets: STREAM_SECONDS,
  errorLabels: ['type', 'endpoint', 'status_code'],
  errorCode: 'type',
  breaker: { labels: ['endpoint'], splitBy: 'endpoint' },
};

function differing(shape: ProviderMetricsShape): readonly MetricDefinition[] {
  const { requestLabels, durationLabels, durationBuckets } = shape;
  const { errorLabels, errorCode, breaker } = shape;
  return [
    {
      name: 'requests_total',
      kind: 'counter',
      help: 'Calls by how they ended.',
      labels: requestLabels,
      unit: 'count',
      topic: 'traffic',
      splitBy: 'status',
    },
    {
      name: 'request_duration_seconds',
      kind: 'histogram',
      help: 'Seconds from call to result, retries included.',
      labels: durationLabels,
      buckets: durationBuckets,
      unit: 'seconds',
      topic: 'latency',
    },
    {
      name: 'errors_total',
      kind: 'counter',
      help: 'Calls that failed, by error code.',
      labels: errorLabels,
      unit: 'count',
      topic: 'errors',
      splitBy: errorCode,
    },
    {
      name: 'circuit_breaker_state',
      kind: 'gauge',
      help: 'State of a breaker: 0 closed, 1 open, 2 half-open.',
      unit: 'state',
      topic: 'breaker',
      ...breaker,
    },
  ];
}

/**
 * What a client of a provider records; each name begins with the provider's.
 *
 * @param shape labels and buckets. @default all labels, and durations up to five minutes
 */
export function providerMetrics(
  provider: string,
  shape: ProviderMetricsShape = DEFAULT_SHAPE,
): readonly MetricDefinition[] {
  return [...differing(shape), ...SHARED].map((definition) => ({
    ...definition,
    name: `${provider}_${definition.name}`,
  }));
}
