import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureAll, shuffledRuns } from './schedule.ts';
import { quickPlan } from './plan.ts';
import { primitives } from './primitives/primitives.ts';
import { casesOf, type PlacedCase } from './suite.ts';

const [first, second, third] = casesOf([primitives]);
if (first === undefined || second === undefined || third === undefined) {
  throw new Error('There are too few cases to test with.');
}
const tiny = { ...quickPlan, processes: 2, warmupMs: 1, rounds: 2, batchMs: 1 };

describe('shuffledRuns', () => {
  it('has every case as often as there are processes, in the order of chance', () => {
    const chance = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 9,
      maxLength: 9,
    });
    fc.assert(
      fc.property(chance, (draws) => {
        const left = [...draws];
        const runs = shuffledRuns(
          [first, second, third],
          () => 3,
          () => left.shift() ?? 0,
        );
        for (const one of [first, second, third]) {
          expect(runs.filter((run) => run === one)).toHaveLength(3);
        }
        expect(runs).toHaveLength(9);
      }),
    );
    const last = shuffledRuns(
      [first, second],
      () => 2,
      () => 0.99,
    );
    expect(last).toEqual([second, first, second, first]);
  });
});

describe('measureAll', () => {
  it('measures each case in processes of its own, and goes on after one that fails', async () => {
    const broken: PlacedCase = { ...second, id: 'primitives/no such case' };
    const progress: [number, number][] = [];
    const { results, failures } = await measureAll([first, broken], tiny, (done, all) => {
      progress.push([done, all]);
    });
    expect(progress).toEqual([
      [0, 4],
      [1, 4],
      [2, 4],
      [3, 4],
    ]);
    expect(results.map(({ placed }) => placed)).toEqual([first]);
    expect(results[0]?.measurements).toHaveLength(2);
    for (const { subject, floor, ratio } of results[0]?.measurements ?? []) {
      const numbers = [subject['wall'], floor['wall'], ratio['wall']];
      for (const number of numbers) expect(number).toBeGreaterThan(0);
    }
    expect(failures).toEqual([
      {
        placed: broken,
        message:
          'primitives/no such case: the process ended without a result (Error: There is no case primitives/no such case.).',
      },
    ]);
  });
});
