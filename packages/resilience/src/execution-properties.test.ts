import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takesAndGivesBackOnce } from './execution-properties.test.support.ts';
import { flawedOrchestrators } from './flawed-orchestrators.test.support.ts';
import { createReal } from './interposed-parts.test.support.ts';
import { endsItsLosers } from './race-properties.test.support.ts';

const LONG = { timeout: 60_000 };
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

describe('any mixture of calls', () => {
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));

  it('takes and gives back exactly once, and settles each caller once', LONG, async () => {
    await fc.assert(takesAndGivesBackOnce(createReal), { numRuns: 300 });
    expect(unhandled).toEqual([]);
  });

  it('ends the losers of a race, and nothing else', LONG, async () => {
    await fc.assert(endsItsLosers(createReal), { numRuns: 300 });
    expect(unhandled).toEqual([]);
  });
});

describe('the properties refuse an orchestrator that', () => {
  it.each(Object.entries(flawedOrchestrators))('%s', LONG, async (_flaw, create) => {
    const terms = { seed: 1, numRuns: 1000, endOnFailure: true };
    const mixture = await fc.check(takesAndGivesBackOnce(create), terms);
    const { failed } = mixture.failed ? mixture : await fc.check(endsItsLosers(create), terms);
    expect(failed).toBe(true);
  });
});
