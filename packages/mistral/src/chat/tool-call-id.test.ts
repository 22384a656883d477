import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMistralToolCallId } from './tool-call-id.ts';

describe('toMistralToolCallId', () => {
  it('keeps ids that the API takes', () => {
    expect(toMistralToolCallId('D681PevKs')).toBe('D681PevKs');
  });

  it('gives every id one that the API takes, and always the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (id) => {
        const mapped = toMistralToolCallId(id);
        expect(mapped).toMatch(/^[a-zA-Z0-9]{9}$/);
        expect(toMistralToolCallId(id)).toBe(mapped);
        expect(toMistralToolCallId(mapped)).toBe(mapped);
      }),
    );
  });

  it('is fixed: conversations that are stored keep their ids', () => {
    expect(['', 'null', 'call_abc123', 'toolu_01A09q90qw90lq917835lq9'].map(toMistralToolCallId))
      .toMatchInlineSnapshot(`
        [
          "IlAgRMcUS",
          "b1oGZKc70",
          "Jlc7WboaT",
          "H7FzRvTCa",
        ]
      `);
  });

  it('tells ids apart that differ little', () => {
    const ids = Array.from({ length: 50_000 }, (_, at) => `call_${at}`);
    expect(new Set(ids.map(toMistralToolCallId)).size).toBe(ids.length);
  });
});
