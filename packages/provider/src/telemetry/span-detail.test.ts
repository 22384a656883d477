import { describe, expect, it } from 'vitest';
import { checkSpanDetail, isTraced, type SpanDetail } from './span-detail.ts';

describe('checkSpanDetail', () => {
  it.each(['minimal', 'standard', 'full'] as const)('takes %s', (detail) => {
    expect(checkSpanDetail(detail)).toBe(detail);
  });

  it.each(['all', '', 'FULL', 'toString', '__proto__', undefined, null, 2])(
    'refuses %o, and says what there is',
    (detail) => {
      expect(() => checkSpanDetail(detail as SpanDetail)).toThrow(
        /`spanDetail`.*'minimal', 'standard' or 'full'/,
      );
    },
  );
});

describe('isTraced', () => {
  it.each([
    ['minimal', ['minimal']],
    ['standard', ['minimal', 'standard']],
    ['full', ['minimal', 'standard', 'full']],
  ] as const)('of what is asked for as %s gives %o', (asked, given) => {
    const details: readonly SpanDetail[] = ['minimal', 'standard', 'full'];
    expect(details.filter((detail) => isTraced(detail, asked))).toEqual(given);
  });
});
