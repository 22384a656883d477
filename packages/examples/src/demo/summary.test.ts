import { expect, it } from 'vitest';
import { type DemoOptions, parseCommand } from './arguments.ts';
import { createPalette } from './palette.ts';
import { hintLines, type Outcome, summaryLines } from './summary.ts';

const plain = createPalette(false);
const outcome: Outcome = {
  files: 14,
  passages: 236,
  totals: { requests: 10, retries: 1, promptTokens: 21_304, completionTokens: 96 },
  times: { embedding: 312, firstToken: 40.4, total: 1240 },
};

it('sums a run up', () => {
  expect(summaryLines(outcome, 80, plain).join('\n')).toBe(`
  Summary
  Files            14
  Passages        236
  Requests         10
  Retries           1
  Tokens in    21,304
  Tokens out       96
  Embedding    312 ms
  First token   40 ms
  Total        1.24 s

  Tokens are as the provider reported them.`);
});

it('tells what faults came to', () => {
  const resilience = { waits: 14, waitedMs: 4290, openings: 1, refused: 5 };
  expect(summaryLines({ ...outcome, resilience }, 80, plain).join('\n')).toContain(`
  Retries                1
  Waits                 14
  Waited            4.29 s
  Breaker openings       1
  Refused calls          5
  Tokens in         21,304
`);
});

it('leaves the first token out where there was none', () => {
  const without = { ...outcome, times: { ...outcome.times, firstToken: undefined } };
  expect(summaryLines(without, 80, plain).join('\n')).not.toContain('First token');
});

it.each([
  [[], ['--question', '--dir PATH', '--live']],
  [
    ['--dir', 'notes'],
    ['--question', '--live'],
  ],
  [['--live'], ['--question', '--dir PATH']],
])('hints after %j at what is new', (args, expected) => {
  const { options } = parseCommand(args) as { readonly options: DemoOptions };
  const hints = hintLines(options, plain).filter((line) => line !== '');
  expect(hints).toHaveLength(expected.length);
  for (const [at, flag] of expected.entries()) expect(hints[at]).toContain(flag);
});
