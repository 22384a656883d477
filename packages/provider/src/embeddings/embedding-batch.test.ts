import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBatches } from './embedding-batch.ts';

const LIMITS = { inputs: 2048, tokens: 300_000 };

describe('toBatches', () => {
  it('keeps all inputs in their order, within both limits, and wastes no request', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 8192 }), { maxLength: 4200 });
    fc.assert(
      fc.property(sizes, (tokens) => {
        const inputs = tokens.map((count) => [count]);
        const batches = toBatches(inputs, LIMITS, (input) => Number(input[0]));
        expect(batches.flatMap((batch) => batch.inputs)).toEqual(inputs);
        let first = 0;
        for (const [at, batch] of batches.entries()) {
          const sum = batch.inputs.reduce((total, input) => total + Number(input[0]), 0);
          const next = batches[at + 1]?.inputs[0]?.[0];
          expect(batch.first).toBe(first);
          expect(batch.inputs.length).toBeLessThanOrEqual(2048);
          expect(sum).toBeLessThanOrEqual(300_000);
          expect(
            next === undefined || batch.inputs.length === 2048 || sum + Number(next) > 300_000,
          ).toBe(true);
          first += batch.inputs.length;
        }
      }),
      { numRuns: 25 },
    );
  });
});
