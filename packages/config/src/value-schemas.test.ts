import type { Schema } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConfig } from './config.ts';
import { fromObject } from './object-source.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import {
  asDuration,
  asFlag,
  asLogLevel,
  asNumber,
  asOneOf,
  asText,
  asUrl,
  asWholeNumber,
} from './value-schemas.ts';

function read<T>(schema: Schema<T>, value: unknown): T | undefined {
  return createConfig([fromObject({ value })]).get('value', schema);
}

const REFUSED: readonly (readonly [string, Schema<unknown>, readonly unknown[]])[] = [
  ['asText', asText(), ['', ' ', 5, true, [], {}]],
  [
    'asNumber',
    asNumber(),
    ['', 'five', '0x10', '1_000', '1,5', '--1', NaN, Infinity, '1e999', true, []],
  ],
  ['asNumber within bounds', asNumber({ min: 1, max: 2 }), [0.99, '2.01', -1]],
  ['asWholeNumber', asWholeNumber(), [1.5, '1.5', 2 ** 53, '9007199254740993']],
  ['asFlag', asFlag(), ['', 'maybe', 'truee', 2, '2', -0.5, [], {}, 'y']],
  ['asDuration', asDuration(), ['', 'soon', -1, '-1s', NaN, Infinity, true, [], '1d', '5 s']],
  ['asDuration within bounds', asDuration({ min: 1, max: 1000 }), [0, '0s', '2s']],
  ['asOneOf', asOneOf(['a', 'b']), ['', 'c', 'ab', 5]],
  ['asLogLevel', asLogLevel(), ['verbose', 'warning', 3]],
  ['asUrl', asUrl(), ['', 'api.test', 'ftp://api.test', 'https://', 'javascript:alert(1)', 5]],
];

describe.each(REFUSED)('%s', (_name, schema, values) => {
  it.each(values.map((value) => [value]))('refuses %j, saying what was expected', (value) => {
    expect(configurationErrorOf(() => read(schema, value)).message).toContain(
      'is wrong: expected ',
    );
  });
});

describe('the schemas', () => {
  it.each<[unknown, boolean]>([
    ...['true', '1', 'yes', 'on', 'TRUE', ' Yes ', true, 1].map(
      (value) => [value, true] as [unknown, boolean],
    ),
    ...['false', '0', 'no', 'off', 'False', false, 0].map(
      (value) => [value, false] as [unknown, boolean],
    ),
  ])('read the flag %j as %j', (value, flag) => {
    expect(read(asFlag(), value)).toBe(flag);
  });

  it.each<[unknown, number]>([
    [0, 0],
    [250, 250],
    ['250', 250],
    ['30s', 30_000],
    ['1.5h', 5_400_000],
  ])('read the duration %j as %d ms', (value, ms) => {
    expect(read(asDuration(), value)).toBe(ms);
  });

  it('read words in any case, and give them as they are defined', () => {
    expect(read(asLogLevel(), ' WARN ')).toBe('warn');
    expect(read(asOneOf(['euWest', 'usEast']), 'EUWEST')).toBe('euWest');
  });

  it('read text and addresses without the blanks around them', () => {
    expect(read(asText(), ' north \n')).toBe('north');
    expect(read(asUrl(), ' http://localhost:8080/v1 ')).toBe('http://localhost:8080/v1');
  });

  it('read every number back from its text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(read(asNumber(), String(number))).toBe(Number(String(number)));
        expect(read(asNumber(), number)).toBe(number);
      }),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        expect(read(asWholeNumber(), String(number))).toBe(number);
      }),
    );
  });

  it('keep to their bounds', () => {
    const bound = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: -60, max: 60 }), (one, other, value) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const run = () => read(asWholeNumber({ min, max }), String(value));
        if (value >= min && value <= max) expect(run()).toBe(value);
        else expect(configurationErrorOf(run).message).toContain(`from ${min} to ${max}`);
      }),
    );
  });
});
