import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each<[Duration | string, number]>([
    [0, 0],
    [250, 250],
    [0.5, 0.5],
    ['250', 250],
    [' 1.5 ', 1.5],
    ['0s', 0],
    ['17ms', 17],
    ['8.64s', 8640],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1.5h', 5_400_000],
    ['6m0s', 360_000],
    ['1h2m3s4ms', 3_723_004],
    ['1m30.5s', 90_500],
    ['007s', 7000],
  ])('reads %j as %d ms', (value, ms) => {
    expect(parseDuration(value)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    'soon',
    's',
    '5 s',
    '5d',
    '-5s',
    '+5s',
    '5s!',
    '!5s',
    '.5s',
    '5.s',
    '1e3s',
    '1e3',
    '0x10',
    '5s 3m',
    '5S',
    'Infinity',
    'NaN',
    '５s',
  ])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
    expect(() => parseDuration(text)).toThrow(`${JSON.stringify(text)} is not a duration: use`);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the number %d', (value) => {
    expect(() => parseDuration(value)).toThrow(`${value} is not a duration`);
  });

  it.each([
    [undefined, 'a value of type undefined'],
    [null, 'null'],
    [5n, 'a value of type bigint'],
    [{ seconds: 5 }, 'a value of type object'],
  ])('refuses %o, which only JavaScript lets through', (value, described) => {
    const parse = parseDuration as (value: unknown) => number;
    expect(() => parse(value)).toThrow(new RegExp(`^${described} is not a duration`));
  });

  it('refuses a sum that no number can hold, and quotes only its beginning', () => {
    const text = `${'9'.repeat(400)}h`;
    expect(() => parseDuration(text)).toThrow(`"${'9'.repeat(40)}..." is not a duration`);
  });

  it('gives back what a number and a unit were written from', () => {
    const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
    const unit = fc.constantFrom('ms' as const, 's' as const, 'm' as const, 'h' as const);
    fc.assert(
      fc.property(fc.nat(1_000_000), unit, (count, name) => {
        expect(parseDuration(`${count}${name}`)).toBe(count * units[name]);
      }),
    );
  });

  it('gives back what a joined form was written from', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (ms) => {
        const seconds = Math.floor(ms / 1000) % 60;
        const minutes = Math.floor(ms / 60_000) % 60;
        const hours = Math.floor(ms / 3_600_000);
        expect(parseDuration(`${hours}h${minutes}m${seconds}s${ms % 1000}ms`)).toBe(ms);
      }),
    );
  });

  it('gives a finite number of zero or more, or a RangeError, for any text', () => {
    const alphabet = fc.constantFrom(...Array.from('0123456789.msh -+e'));
    const text = fc.oneof(fc.string(), fc.string({ unit: alphabet }));
    fc.assert(
      fc.property(text, (value) => {
        try {
          const ms = parseDuration(value);
          expect(Number.isFinite(ms) && ms >= 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
