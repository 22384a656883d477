import { type LogLevel, parseDuration, type Schema } from '@integrations/types';

/** Bounds of a number, both included. */
export interface NumberBounds {
  /** @default none */
  readonly min?: number;
  /** @default none */
  readonly max?: number;
}

type Read<T> = (value: unknown) => T | undefined;

/** A value that a schema of these refuses, told as schemas of zod tell it. */
class UnfitValueError extends TypeError {
  readonly issues: readonly object[];

  constructor(expected: string) {
    const message = `expected ${expected}`;
    super(message);
    this.name = 'UnfitValueError';
    this.issues = [{ message, params: { expected } }];
  }
}

function schemaOf<T>(expected: string, read: Read<T>): Schema<T> {
  return {
    parse(value) {
      const result = read(value);
      if (result === undefined) throw new UnfitValueError(expected);
      return result;
    },
  };
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'string') {
    // An empty text and 0x10 are numbers to JavaScript, and to nobody else.
    return DECIMAL.test(value.trim()) ? Number(value) : undefined;
  }
  return typeof value === 'number' ? value : undefined;
}

function boundsText({ min, max }: NumberBounds): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of ${min} or more`;
  return max === undefined ? '' : ` of ${max} or less`;
}

function within(value: number | undefined, bounds: NumberBounds): number | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds;
  return value >= min && value <= max ? value : undefined;
}

/** Text that is not blank, without blanks around it. */
export function asText(): Schema<string> {
  return schemaOf('text that is not blank', (value) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' ? undefined : text;
  });
}

/** A decimal number, or text that is one. */
export function asNumber(bounds: NumberBounds = {}): Schema<number> {
  return schemaOf(`a number${boundsText(bounds)}`, (value) => within(readNumber(value), bounds));
}

/** A whole number, or text that is one. */
export function asWholeNumber(bounds: NumberBounds = {}): Schema<number> {
  return schemaOf(`a whole number${boundsText(bounds)}`, (value) => {
    const number = within(readNumber(value), bounds);
    return Number.isSafeInteger(number) ? number : undefined;
  });
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'on'].map((text) => [text, true] as const),
  ...['false', '0', 'no', 'off'].map((text) => [text, false] as const),
]);

/** A boolean: true or false, 1 or 0, yes or no, on or off, in any case. */
export function asFlag(): Schema<boolean> {
  return schemaOf('true or false (also 1 or 0, yes or no, on or off)', (value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? FLAGS.get(String(value).trim().toLowerCase())
      : undefined,
  );
}

/**
 * A duration in milliseconds, from a number of them or from text such as `30s`. The
 * unit of a plain number in a variable or a file is said where that is mapped.
 *
 * @param bounds in milliseconds
 */
export function asDuration(bounds: NumberBounds = {}): Schema<number> {
  const range = boundsText(bounds);
  const expected = `a duration, as a plain number or with its unit (250ms, 30s, 5m, 1h)${range === '' ? '' : `,${range} milliseconds`}`;
  return schemaOf(expected, (value) => {
    if (typeof value !== 'number' && typeof value !== 'string') return undefined;
    try {
      return within(parseDuration(value), bounds);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  });
}

/** One of several words, in any case; what comes out is written as here. */
export function asOneOf<const Word extends string>(words: readonly Word[]): Schema<Word> {
  return schemaOf(`one of ${words.join(', ')}`, (value) => {
    if (typeof value !== 'string') return undefined;
    const text = value.trim().toLowerCase();
    return words.find((word) => word.toLowerCase() === text);
  });
}

/** The level of a logger. */
export function asLogLevel(): Schema<LogLevel> {
  return asOneOf(['error', 'warn', 'info', 'debug', 'trace']);
}

/** A web address, as it is written. */
export function asUrl(): Schema<string> {
  return schemaOf('an address that begins with https:// or http://', (value) => {
    if (typeof value !== 'string') return undefined;
    const text = value.trim();
    return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
  });
}
