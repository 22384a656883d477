import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Call,
  LAST_MS,
  type Program,
  type Switch,
  Trial,
  type Work,
} from './execution-properties.test.support.ts';

const work: fc.Arbitrary<Work> = fc.record({
  kind: fc.constantFrom('succeed', 'fail', 'foreign', 'throw', 'stream'),
  takesMs: fc.integer({ min: 0, max: 30 }),
  heeds: fc.boolean(),
  readMs: fc.integer({ min: 0, max: 40 }),
  disposals: fc.constantFrom(0, 1, 2),
});

const call: fc.Arbitrary<Call> = fc.record({
  startAt: fc.integer({ min: 0, max: 40 }),
  abortAt: fc.option(fc.integer({ min: 0, max: LAST_MS }), { nil: undefined, freq: 2 }),
  attemptTimeout: fc.constantFrom(0, 10, 25),
  totalTimeout: fc.constantFrom(0, 10, 20, 50),
  tokens: fc.integer({ min: 0, max: 12 }),
  work: fc.array(work, { minLength: 1, maxLength: 3 }),
});

const change: fc.Arbitrary<Switch> = fc.record({
  at: fc.integer({ min: 0, max: 60 }),
  to: fc.constantFrom('open', 'released'),
});

const program: fc.Arbitrary<Program> = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 8 }),
  switches: fc.array(change, { maxLength: 2 }),
  places: fc.integer({ min: 1, max: 3 }),
  maxQueue: fc.integer({ min: 0, max: 4 }),
  requestsPerMinute: fc.constantFrom(2, 5, 1000),
});

const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

describe('any mixture of calls', () => {
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));

  it(
    'takes and gives back exactly once, and settles each caller once',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(program, (generated) => new Trial(generated).run()),
        { numRuns: 300 },
      );
      expect(unhandled).toEqual([]);
    },
  );
});
