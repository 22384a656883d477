import type { Headers } from './headers.ts';
import { parseHttpDate } from './http-date.ts';

/** Milliseconds in a header value of `scale` milliseconds a unit; undefined unless zero or more. */
function parseNumber(value: string, scale: number): number | undefined {
  const text = value.trim();
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const ms = Number(text) * scale;
  return Number.isFinite(ms) ? ms : undefined;
}

function parseDate(value: string, nowEpochMs: number): number | undefined {
  const at = parseHttpDate(value.trim(), nowEpochMs);
  return at === undefined ? undefined : Math.max(0, at - nowEpochMs);
}

/**
 * How long the server asks to wait, in milliseconds: `retry-after-ms`, else
 * `retry-after` in seconds or as an HTTP date (RFC 9110 section 10.2.3); a date
 * that is past gives 0. Values that cannot be read, or are negative, count as absent.
 *
 * @param nowEpochMs the present by `Clock.epoch()`, which a date is compared with.
 */
export function parseRetryAfter(headers: Headers, nowEpochMs: number): number | undefined {
  const precise = headers['retry-after-ms'];
  const preciseMs = precise === undefined ? undefined : parseNumber(precise, 1);
  if (preciseMs !== undefined) return preciseMs;
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  return parseNumber(value, 1000) ?? parseDate(value, nowEpochMs);
}
