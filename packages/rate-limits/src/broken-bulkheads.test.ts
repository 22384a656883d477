import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepsItsSlots } from './bulkhead-properties.test.support.ts';
import { type BulkheadBug, ModelBulkhead } from './model-bulkhead.test.support.ts';

async function passes(bug: BulkheadBug): Promise<boolean> {
  const { failed } = await fc.check(
    keepsItsSlots((clock) => new ModelBulkhead(clock, bug)),
    { seed: 1, numRuns: bug === 'none' ? 300 : 2000, endOnFailure: true },
  );
  return !failed;
}

describe('the properties of a bulkhead', () => {
  it('hold for the plainest bulkhead', async () => {
    expect(await passes('none')).toBe(true);
  });

  it.each<BulkheadBug>([
    'serves the line a microtask late',
    'runs a job in the context of the one before',
    'an aborted job frees its slot while it runs',
    'serves the newest first',
    'forgets a slot when the head gives up',
  ])('find out a bulkhead that %s', async (bug) => {
    expect(await passes(bug)).toBe(false);
  });
});
