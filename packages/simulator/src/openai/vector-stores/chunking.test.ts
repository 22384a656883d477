import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTokens } from '../../tokens.ts';
import { cutIntoChunks } from './chunking.ts';

describe('chunks', () => {
  it('hold the whole text, none larger than it may be, each beginning in the one before', () => {
    const sizes = fc
      .integer({ min: 2, max: 12 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.integer({ min: 0, max: Math.floor(size / 2) })),
      );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), sizes, (text, [size, overlap]) => {
        const chunking = { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap };
        const chunks = cutIntoChunks(text, chunking);
        const step = size - overlap;
        const tokens = splitTokens(text);
        expect(chunks).toEqual(
          chunks.map((_, index) => tokens.slice(index * step, index * step + size).join('')),
        );
        const end = (chunks.length - 1) * step + size;
        expect(end).toBeGreaterThanOrEqual(tokens.length);
        if (chunks.length > 1) expect(end - step).toBeLessThan(tokens.length);
      }),
    );
  });
});
