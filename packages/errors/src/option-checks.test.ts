import type { Duration } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from './local-errors.ts';
import {
  countOption,
  describeValue,
  durationOption,
  finiteOption,
  type OptionBounds,
  positiveOption,
  wholeOption,
  wrongOption,
} from './option-checks.ts';

/** Callers without types pass anything. */
type NumberCheck = (option: string, value: never, bounds: OptionBounds) => number;

const LARGEST = Number.MAX_SAFE_INTEGER;
const DURATION = "(a number of milliseconds, or a text such as '30s' or '5m')";

function refusal(check: () => unknown): ConfigurationError {
  try {
    check();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('an option that is a number', () => {
  it.each<[NumberCheck, number, OptionBounds]>([
    [wholeOption, 0, { least: 0 }],
    [wholeOption, -3, {}],
    [wholeOption, 7, { least: 7, most: 7 }],
    [wholeOption, LARGEST, { least: 1 }],
    [countOption, 1, { least: 1 }],
    [countOption, Infinity, { least: 1, most: 5 }],
    [finiteOption, 0.5, { above: 0, most: 1 }],
    [finiteOption, 1, { above: 0, most: 1 }],
    [finiteOption, 1, { least: 1 }],
    [finiteOption, -1.5, {}],
    [positiveOption, Number.MIN_VALUE, {}],
    [positiveOption, Infinity, {}],
  ])('passes %o with %d within %o', (check, value, bounds) => {
    expect(check('size', value as never, bounds)).toBe(value);
  });

  it.each<[NumberCheck, unknown, OptionBounds, string]>([
    [wholeOption, 0, { least: 1 }, 'a whole number of 1 or more, not 0.'],
    [wholeOption, 1.5, { least: 0 }, 'a whole number of 0 or more, not 1.5.'],
    [wholeOption, Number.NaN, { least: 0 }, 'a whole number of 0 or more, not NaN.'],
    [wholeOption, Infinity, { least: 0 }, 'a whole number of 0 or more, not Infinity.'],
    [wholeOption, '5', { least: 0 }, 'a whole number of 0 or more, not "5".'],
    [wholeOption, undefined, { least: 0 }, 'a whole number of 0 or more, not undefined.'],
    [wholeOption, 11, { least: 1, most: 10 }, 'a whole number from 1 to 10, not 11.'],
    [wholeOption, 11, { most: 10 }, 'a whole number up to 10, not 11.'],
    [wholeOption, 0.1, {}, 'a whole number, not 0.1.'],
    [wholeOption, 2 ** 60, { least: 1 }, `a whole number from 1 to ${LARGEST}, not ${2 ** 60}.`],
    [wholeOption, 2 ** 60, { least: 1, most: 9 }, `a whole number from 1 to 9, not ${2 ** 60}.`],
    [countOption, 0, { least: 1 }, 'a whole number of 1 or more, or Infinity, not 0.'],
    [
      countOption,
      -Infinity,
      { least: 1 },
      'a whole number of 1 or more, or Infinity, not -Infinity.',
    ],
    [countOption, null, { least: 1 }, 'a whole number of 1 or more, or Infinity, not null.'],
    [finiteOption, 0, { above: 0 }, 'a finite number above 0, not 0.'],
    [finiteOption, 2, { above: 0, most: 1 }, 'a finite number above 0 and up to 1, not 2.'],
    [finiteOption, 0.9, { least: 1 }, 'a finite number of 1 or more, not 0.9.'],
    [finiteOption, Infinity, { least: 1 }, 'a finite number of 1 or more, not Infinity.'],
    [finiteOption, Number.NaN, {}, 'a finite number, not NaN.'],
    [finiteOption, '1', {}, 'a finite number, not "1".'],
    [positiveOption, 0, {}, 'a number above 0, not 0.'],
    [positiveOption, Number.NaN, {}, 'a number above 0, not NaN.'],
    [positiveOption, '1', {}, 'a number above 0, not "1".'],
  ])('is refused by %o when it is %o within %o', (check, value, bounds, rule) => {
    const error = refusal(() => check('pool.size', value as never, bounds));
    expect(error.message).toBe(`\`pool.size\` must be ${rule}`);
  });

  it('passes exactly what its bounds hold', () => {
    const bound = fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined });
    fc.assert(
      fc.property(
        bound,
        bound,
        bound,
        fc.integer({ min: -10, max: 10 }),
        (least, above, most, n) => {
          const bounds = {
            ...(least === undefined ? {} : { least }),
            ...(above === undefined ? {} : { above }),
            ...(most === undefined ? {} : { most }),
          };
          const isAllowed = n >= (least ?? n) && n > (above ?? n - 1) && n <= (most ?? n);
          for (const check of [wholeOption, countOption, finiteOption]) {
            if (isAllowed) expect(check('n', n, bounds)).toBe(n);
            else expect(() => check('n', n, bounds)).toThrow(ConfigurationError);
          }
        },
      ),
    );
  });
});

describe('an option that is a duration', () => {
  it.each<[Duration, OptionBounds | undefined, number]>([
    [0, undefined, 0],
    [250, undefined, 250],
    ['1.5s', undefined, 1500],
    ['1ms', { least: 1 }, 1],
    [0.5, { above: 0 }, 0.5],
    ['1m', { least: 1, most: 60_000 }, 60_000],
  ])('comes out in milliseconds: %o within %o', (value, bounds, ms) => {
    expect(durationOption('wait', value, bounds)).toBe(ms);
  });

  it.each<[unknown, OptionBounds | undefined, string]>([
    ['soon', undefined, `a duration of 0 ms or more ${DURATION}, not "soon".`],
    [-1, undefined, `a duration of 0 ms or more ${DURATION}, not -1.`],
    [Infinity, { above: 0 }, `a duration above 0 ms ${DURATION}, not Infinity.`],
    ['0s', { above: 0 }, `a duration above 0 ms ${DURATION}, not "0s".`],
    [0.5, { least: 1 }, `a duration of 1 ms or more ${DURATION}, not 0.5.`],
    ['2m', { least: 1, most: 60_000 }, `a duration from 1 ms to 60000 ms ${DURATION}, not "2m".`],
    [undefined, undefined, `a duration of 0 ms or more ${DURATION}, not undefined.`],
    [{ ms: 5 }, undefined, `a duration of 0 ms or more ${DURATION}, not a value of type object.`],
  ])('is refused when it is %o within %o', (value, bounds, rule) => {
    const error = refusal(() => durationOption('wait', value as Duration, bounds));
    expect(error.message).toBe(`\`wait\` must be ${rule}`);
  });

  it('keeps why it could not be read', () => {
    const error = refusal(() => durationOption('wait', 'soon' as Duration));
    expect(error.cause).toBeInstanceOf(RangeError);
  });
});

describe('describeValue', () => {
  it.each<[unknown, string]>([
    ['', '""'],
    ['a "b"\n', String.raw`"a \"b\"\n"`],
    ['x'.repeat(40), `"${'x'.repeat(40)}"`],
    ['x'.repeat(41), `"${'x'.repeat(40)}..."`],
    [-0.5, '-0.5'],
    [false, 'false'],
    [undefined, 'undefined'],
    [null, 'null'],
    [12n, 'a value of type bigint'],
    [Symbol('secret'), 'a value of type symbol'],
    [{ toString: () => 'secret' }, 'a value of type object'],
    [['secret'], 'a value of type object'],
    [() => 'secret', 'a value of type function'],
  ])('tells %o', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('is short and on one line, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        // A character may be escaped into six.
        expect(describeValue(value)).toMatch(/^[^\n]{1,250}$/);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
        expect(describeValue(value)).toMatch(/^"[^\n]{0,245}"$/u);
      }),
    );
  });
});

describe('wrongOption', () => {
  it('names the option, the rule and the value, and keeps the cause', () => {
    const cause = new Error('inner');
    const error = wrongOption('mode', "'a' or 'b'", 'c', { cause });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toBe("`mode` must be 'a' or 'b', not \"c\".");
    expect(error.cause).toBe(cause);
  });

  it('does not print a key that was given for something else', () => {
    const key = ['sk', 'proj', 'aB3dE5gH7jK9mN1pQ2rS'].join('-');
    expect(wrongOption('mode', 'a number', key).message).not.toContain('aB3dE5gH7jK9mN1pQ2rS');
  });
});
