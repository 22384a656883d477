import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textVector } from './text-vector.ts';

function cosine(a: string, b: string, dimensions = 1536): number {
  const other = textVector(b, dimensions);
  return textVector(a, dimensions).reduce(
    (sum, value, index) => sum + value * (other[index] ?? 0),
    0,
  );
}

describe('textVector', () => {
  it('has length 1 in any dimensions, and no zeros where a model has none', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 400 }), (text, dimensions) => {
        const vector = textVector(text, dimensions);
        expect(vector).toHaveLength(dimensions);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }),
    );
    expect(textVector('two words', 1536).filter((value) => value === 0)).toHaveLength(0);
  });

  it.each([1536, 256])(
    'puts paraphrases nearer than other topics in %i dimensions',
    (dimensions) => {
      const pairs = [
        ['How do I reset my password?', 'I forgot my password, how can it be reset?'],
        ['The breaker opens after five failures.', 'When does the circuit breaker open?'],
        ['Retry with exponential backoff', 'Retries use a backoff that grows exponentially'],
      ] as const;
      for (const [index, [text, paraphrase]] of pairs.entries()) {
        for (const [, other] of pairs.filter((_, position) => position !== index)) {
          expect(cosine(text, paraphrase, dimensions)).toBeGreaterThan(
            cosine(text, other, dimensions) + 0.2,
          );
        }
      }
    },
  );
});
