import type { ResponseFacts } from '../protocol.ts';
import type { LimitExceeded, RateLimitState } from '../rate-limit-ledger.ts';
import type { Refusal } from '../refusal.ts';
import { formatLimitDuration } from './limit-duration.ts';

const API_VERSION = '2020-10-01';

/** The headers of every response. */
export function openAIHeaders({
  requestId,
  processingMs,
  limits,
}: ResponseFacts): Record<string, string> {
  const { requests, tokens } = limits;
  return {
    'x-request-id': requestId,
    'openai-processing-ms': String(processingMs),
    'openai-version': API_VERSION,
    'x-ratelimit-limit-requests': String(requests.limit),
    'x-ratelimit-limit-tokens': String(tokens.limit),
    'x-ratelimit-remaining-requests': String(requests.remaining),
    'x-ratelimit-remaining-tokens': String(tokens.remaining),
    'x-ratelimit-reset-requests': formatLimitDuration(requests.resetMs),
    'x-ratelimit-reset-tokens': formatLimitDuration(tokens.resetMs),
  };
}

/** What a request over a limit is told. */
export function rateLimitRefusal(
  exceeded: LimitExceeded,
  limits: RateLimitState,
  tokens: number,
): Refusal {
  const { limit, remaining } = limits[exceeded.limit];
  const wanted = exceeded.limit === 'tokens' ? tokens : 1;
  const figures = `Limit ${limit}, used ${limit - remaining}, requested ${wanted}.`;
  const wait = exceeded.retryAfterMs;
  const advice =
    wait === undefined
      ? 'It will never fit: make it smaller.'
      : `Try again in ${formatLimitDuration(wait)}.`;
  return {
    status: 429,
    message: `The rate limit on ${exceeded.limit} per minute is reached. ${figures} ${advice}`,
    type: exceeded.limit,
    code: 'rate_limit_exceeded',
    ...(wait === undefined
      ? {}
      : {
          headers: {
            'retry-after': String(Math.ceil(wait / 1000)),
            'retry-after-ms': String(Math.ceil(wait)),
          },
        }),
  };
}
