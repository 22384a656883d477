import type { FaultRule } from '@integrations/simulator';

const EMBEDDINGS = { path: '/v1/embeddings' } as const;
const CHAT = { path: '/v1/chat/completions' } as const;

/** The breakers' settings. They open sooner and shorter than the defaults, so that nobody has to wait for it. */
export const FAULTS_BREAKER = {
  window: { type: 'count', size: 20 },
  failureThreshold: 5,
  successThreshold: 1,
  openDuration: 1000,
  halfOpenRetryAfter: 100,
} as const;

/** More than there are faults on either endpoint: no call can run out of attempts. */
export const FAULTS_MAX_RETRIES = 6;

/** Back-off in milliseconds. Even the longest is over long before an open breaker is. */
export const FAULTS_RETRY = { initialDelay: 80, maxDelay: 250, jitter: 'equal' } as const;

/** Milliseconds for one attempt at a stream's first event. */
export const FAULTS_FIRST_EVENT_TIMEOUT = 750;

/**
 * What goes wrong. Requests are counted, not timed, so that every run meets the same
 * faults: of the embeddings, the first three requests and the fifth to the seventh,
 * the last of which is the fifth failure of that breaker (a 429 is none) and opens
 * it. A short text that takes two calls in all gets that far too.
 */
export const FAULT_PLAN: readonly FaultRule[] = [
  { match: EMBEDDINGS, times: 1, fault: { status: 503 } },
  { match: EMBEDDINGS, times: 1, fault: { status: 429, retryAfterMs: 250 } },
  { match: EMBEDDINGS, times: 1, fault: { reset: 'beforeHeaders' } },
  { match: EMBEDDINGS, skip: 1, times: 3, fault: { status: 503 } },
  { match: CHAT, times: 1, fault: { status: 429, retryAfterMs: 300 } },
  {
    match: CHAT,
    times: 1,
    fault: { errorEvent: { afterEvents: 0, error: { type: 'server_error' } } },
  },
  {
    match: CHAT,
    times: 1,
    fault: { firstEventDelayMs: 4 * FAULTS_FIRST_EVENT_TIMEOUT },
  },
];
