import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPalette } from './palette.ts';
import { type Status, statusLine, statusText } from './status-line.ts';
import { textWidth } from './text-width.ts';

const status: Status = {
  activity: { label: 'embedding', progress: { done: 128, of: 256, unit: 'passages' } },
  totals: { requests: 5, retries: 0, promptTokens: 40_900, completionTokens: 100 },
  elapsedMs: 1234,
};
const TEXT = 'embedding 128/256 passages · 5 requests · 0 retries · 41k tokens · 1.2 s';
const plain = createPalette(false);

it('statusText says what is done and what it took', () => {
  expect(statusText(status)).toBe(TEXT);
  expect(
    statusText({
      activity: { label: 'answering' },
      totals: { requests: 1, retries: 1, promptTokens: 0, completionTokens: 0 },
      elapsedMs: 0,
    }),
  ).toBe('answering · 1 request · 1 retry · 0 tokens · 0.0 s');
});

describe('statusLine', () => {
  it.each([
    [120, `⠋ ██████████░░░░░░░░░░ ${TEXT}`],
    [90, `⠋ █████░░░░░ ${TEXT}`],
    [80, `⠋ ${TEXT}`],
    [60, '⠋ embedding 128/256 passages · 5 requests · 0 retries'],
    [30, '⠋ embedding 128/256 passages'],
    [16, '⠋ embedding 128…'],
  ])('makes the best of %i columns', (columns, expected) => {
    expect(statusLine(status, 0, columns, plain)).toBe(expected);
  });

  it('says what is being waited for, before any figures', () => {
    const waiting = { ...status, wait: 'breaker open, waiting 0.4 s' };
    expect(statusLine(waiting, 0, 74, plain)).toBe(
      '⠋ embedding 128/256 passages · breaker open, waiting 0.4 s · 5 requests',
    );
    expect(statusText(waiting)).toBe(TEXT);
  });

  it('never exceeds its columns', () => {
    for (let columns = 10; columns < 130; columns += 1) {
      const line = statusLine(status, columns, columns, createPalette(true));
      expect(textWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(columns);
    }
  });

  it('moves from frame to frame', () => {
    expect(statusLine(status, 1, 80, plain)).toBe(`⠙ ${TEXT}`);
    expect(statusLine(status, 10, 80, plain)).toBe(`⠋ ${TEXT}`);
  });
});
