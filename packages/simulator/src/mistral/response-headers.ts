import type { ResponseFacts } from '../protocol.ts';
import type { LimitExceeded } from '../rate-limit-ledger.ts';
import type { Refusal } from '../refusal.ts';

/** The headers of every response. */
export function mistralHeaders({
  requestId,
  processingMs,
  limits,
  tokens: cost,
}: ResponseFacts): Record<string, string> {
  const { requests, tokens } = limits;
  return {
    'mistral-correlation-id': requestId,
    'x-kong-request-id': requestId,
    'x-envoy-upstream-service-time': String(processingMs),
    'x-ratelimit-limit-req-minute': String(requests.limit),
    'x-ratelimit-remaining-req-minute': String(requests.remaining),
    'x-ratelimit-limit-tokens-minute': String(tokens.limit),
    'x-ratelimit-remaining-tokens-minute': String(tokens.remaining),
    'x-ratelimit-tokens-query-cost': String(cost),
  };
}

/** What a request over a limit is told; one that will never fit is not told when to come again. */
export function rateLimitRefusal({ limit, retryAfterMs }: LimitExceeded): Refusal {
  const subject = limit === 'tokens' ? 'Tokens' : 'Requests';
  return {
    status: 429,
    message: `${subject} rate limit exceeded`,
    ...(retryAfterMs === undefined
      ? {}
      : { headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } }),
  };
}
