import {
  type Headers,
  type ObservedLimit,
  type ObservedLimits,
  parseDuration,
  parseRetryAfter,
} from '@integrations/types';

/** Plain numbers from here on are moments, in seconds since 1970. */
const FIRST_EPOCH_S = 1e9;
/** And from here on in milliseconds. */
const FIRST_EPOCH_MS = 1e12;

/** `6m0s`, `120ms`. */
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
/** A longer text is junk, and could be a number beyond all doubles. */
const LONGEST_DURATION = 64;

/** The headers that state one limit. */
interface LimitHeaders {
  readonly limit: string;
  readonly remaining: string;
  readonly reset?: string;
}

const OPENAI_REQUESTS = openAI('requests');
const OPENAI_TOKENS = openAI('tokens');
const OPENAI_PROJECT_TOKENS = openAI('project-tokens');
const MISTRAL_REQUESTS = mistral('req-minute');

/** The first family that is there counts. */
const MISTRAL_TOKENS: readonly LimitHeaders[] = [
  mistral('tokens-minute'),
  bySize('x-', '-minute'),
  bySize('', '-minute'),
  bySize('x-', ''),
  bySize('', ''),
];

function openAI(unit: string): LimitHeaders {
  return {
    limit: `x-ratelimit-limit-${unit}`,
    remaining: `x-ratelimit-remaining-${unit}`,
    reset: `x-ratelimit-reset-${unit}`,
  };
}

function mistral(unit: string): LimitHeaders {
  return { limit: `x-ratelimit-limit-${unit}`, remaining: `x-ratelimit-remaining-${unit}` };
}

function bySize(prefix: string, unit: string): LimitHeaders {
  return {
    limit: `${prefix}ratelimitbysize-limit${unit}`,
    remaining: `${prefix}ratelimitbysize-remaining${unit}`,
    reset: `${prefix}ratelimitbysize-reset`,
  };
}

function parseCount(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (!/^\d+$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : undefined;
}

function parseReset(value: string | undefined, nowEpochMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return resetOfNumber(Number(text), nowEpochMs);
  const isDuration = text.length <= LONGEST_DURATION && DURATION.test(text);
  return isDuration ? parseDuration(text) : undefined;
}

/** A number is one of seconds, or a moment. */
function resetOfNumber(value: number, nowEpochMs: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value >= FIRST_EPOCH_MS) return Math.max(0, value - nowEpochMs);
  if (value >= FIRST_EPOCH_S) return Math.max(0, value * 1000 - nowEpochMs);
  return value * 1000;
}

function read(
  headers: Headers,
  names: LimitHeaders,
  nowEpochMs: number,
): ObservedLimit | undefined {
  const limit = parseCount(headers[names.limit]);
  const remaining = parseCount(headers[names.remaining]);
  if (limit === undefined && remaining === undefined) return undefined;
  const resetMs =
    names.reset === undefined ? undefined : parseReset(headers[names.reset], nowEpochMs);
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetMs === undefined ? {} : { resetMs }),
  };
}

function pick(
  choose: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return choose(a, b);
}

/** Both hold, so the tighter figure of each kind does. */
function both(
  a: ObservedLimit | undefined,
  b: ObservedLimit | undefined,
): ObservedLimit | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const limit = pick(Math.min, a.limit, b.limit);
  const remaining = pick(Math.min, a.remaining, b.remaining);
  const resetMs = pick(Math.max, a.resetMs, b.resetMs);
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetMs === undefined ? {} : { resetMs }),
  };
}

function readMistralTokens(headers: Headers, nowEpochMs: number): ObservedLimit | undefined {
  for (const names of MISTRAL_TOKENS) {
    const observed = read(headers, names, nowEpochMs);
    if (observed !== undefined) return observed;
  }
  return undefined;
}

/**
 * Reads what a response's headers state of the limits per minute: OpenAI's
 * `x-ratelimit-*` (of organisation and project, whichever is tighter), Mistral's of
 * today and of before, and `retry-after`. What is absent or cannot be read is left
 * out; undefined when nothing is left.
 *
 * @param nowEpochMs the present by `Clock.epoch()`, which dates are compared with.
 */
export function parseRateLimitHeaders(
  headers: Headers,
  nowEpochMs: number,
): ObservedLimits | undefined {
  const requests =
    read(headers, OPENAI_REQUESTS, nowEpochMs) ?? read(headers, MISTRAL_REQUESTS, nowEpochMs);
  const tokens =
    both(
      read(headers, OPENAI_TOKENS, nowEpochMs),
      read(headers, OPENAI_PROJECT_TOKENS, nowEpochMs),
    ) ?? readMistralTokens(headers, nowEpochMs);
  const retryAfterMs = parseRetryAfter(headers, nowEpochMs);
  if (requests === undefined && tokens === undefined && retryAfterMs === undefined) {
    return undefined;
  }
  return {
    ...(requests === undefined ? {} : { requests }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
