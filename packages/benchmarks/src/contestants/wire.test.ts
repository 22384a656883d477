import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamEvents } from '../server/answers.ts';
import { EventReader, float32 } from './wire.ts';

describe('EventReader', () => {
  it('finds the same texts however the bytes are cut', () => {
    const bytes = Buffer.concat(streamEvents(8));
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }));
    fc.assert(
      fc.property(cuts, (at) => {
        let first = 0;
        const reader = new EventReader(() => (first += 1));
        const ends = [...at.toSorted((a, b) => a - b), bytes.length];
        for (const [index, end] of ends.entries()) {
          reader.push(bytes.subarray(ends[index - 1] ?? 0, end));
        }
        expect([reader.texts, first]).toEqual([7, 1]);
      }),
    );
  });
});

describe('float32', () => {
  it('gives back the numbers', () => {
    const numbers = Float32Array.of(0.5, -2, 3.25);
    expect(float32(Buffer.from(numbers.buffer).toString('base64'))).toEqual(numbers);
  });
});
