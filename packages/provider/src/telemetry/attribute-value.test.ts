import { describe, expect, it } from 'vitest';
import { isAttributeValue } from './attribute-value.ts';

describe('isAttributeValue', () => {
  it.each(['', 'text', 0, Number.NaN, false, [], ['a', 'b'], [1, 2]])('takes %o', (value) => {
    expect(isAttributeValue(value)).toBe(true);
  });

  it.each([undefined, null, 1n, {}, ['a', 1], [null], [{}], [true], () => 'x', Symbol('x')])(
    'refuses %o',
    (value) => {
      expect(isAttributeValue(value)).toBe(false);
    },
  );
});
