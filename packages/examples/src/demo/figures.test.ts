import { expect, it } from 'vitest';
import { compact, counted, duration, grouped, seconds } from './figures.ts';

it('sets thousands apart', () => {
  expect(grouped(21_304)).toBe('21,304');
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.0k'],
  [4149, '4.1k'],
  [9949, '9.9k'],
  [9951, '10k'],
  [41_200, '41k'],
  [999_499, '999k'],
  [999_500, '1.0M'],
  [12_345_678, '12M'],
])('writes %i compactly', (value, expected) => {
  expect(compact(value)).toBe(expected);
});

it.each([
  [0.4, '0 ms'],
  [85.2, '85 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [61_240, '61.24 s'],
])('writes %d milliseconds', (value, expected) => {
  expect(duration(value)).toBe(expected);
});

it.each([
  [0, '0.0 s'],
  [849, '0.8 s'],
  [61_250, '61.3 s'],
])('writes %d milliseconds as seconds', (value, expected) => {
  expect(seconds(value)).toBe(expected);
});

it('counts nouns', () => {
  expect(counted(1, 'file')).toBe('1 file');
  expect(counted(0, 'file')).toBe('0 files');
  expect(counted(2, 'retry', 'retries')).toBe('2 retries');
});
