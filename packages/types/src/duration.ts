/** A length of time: a number of milliseconds, or a number with its unit. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** One part of a duration, such as `6m`; `ms` stands before `m` so that it wins. */
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/y;

function parseParts(text: string): number | undefined {
  let total = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const part = PART.exec(text);
    if (part === null) return undefined;
    total += Number(part[1]) * (UNIT_MS[part[2] ?? ''] ?? Number.NaN);
  }
  return total;
}

function parseText(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  return parseParts(trimmed);
}

function parseValue(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseText(value) : undefined;
}

/** Long enough for any duration, short enough for a message. */
const LONGEST_QUOTE = 40;

function quote(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value === null ? 'null' : `a value of type ${typeof value}`;
  return JSON.stringify(
    value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}...` : value,
  );
}

/**
 * Reads a duration into milliseconds: `250`, `'250'`, `'30s'`, `'1.5h'`, and the
 * joined form of rate-limit headers, `'6m0s'`.
 *
 * @throws RangeError when the value is not a finite duration of zero or more.
 */
export function parseDuration(value: Duration | string): number {
  const ms = parseValue(value);
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) {
    throw new RangeError(
      `${quote(value)} is not a duration: use milliseconds (250) or a number with a unit (250ms, 30s, 5m, 1h, 6m0s)`,
    );
  }
  return ms;
}
