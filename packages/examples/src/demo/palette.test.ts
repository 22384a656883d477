import { describe, expect, it } from 'vitest';
import { createPalette, hasColors } from './palette.ts';

describe('hasColors', () => {
  it.each([
    ['a terminal', true, {}, true, true],
    ['a pipe', false, {}, true, false],
    ['a terminal under NO_COLOR', true, { NO_COLOR: '1' }, true, false],
    ['a terminal under an empty NO_COLOR', true, { NO_COLOR: '' }, true, true],
    ['a simple terminal', true, { TERM: 'dumb' }, true, false],
    ['a pipe under FORCE_COLOR', false, { FORCE_COLOR: '1' }, true, true],
    ['a pipe under an empty FORCE_COLOR', false, { FORCE_COLOR: '' }, true, true],
    ['FORCE_COLOR and NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, true],
    ['a terminal under FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, true, false],
    ['a terminal under --no-color', true, {}, false, false],
    ['FORCE_COLOR and --no-color', true, { FORCE_COLOR: '1' }, false, false],
  ])('decides for %s', (_what, isTerminal, environment, wanted, expected) => {
    expect(hasColors({ isTerminal, environment, wanted })).toBe(expected);
  });
});

describe('createPalette', () => {
  it('colours, or leaves the text as it is', () => {
    expect(createPalette(true).bad('no')).toBe('\u001B[31mno\u001B[39m');
    expect(createPalette(false).bad('no')).toBe('no');
  });
});
