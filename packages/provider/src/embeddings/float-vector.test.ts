import { ProtocolError } from '@integrations/errors';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeFloat32, toNumbers } from './float-vector.ts';

const CALL = 'acme embeddings.create';

function encode(numbers: readonly number[]): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => bytes.writeFloatLE(number, at * 4));
  return bytes.toString('base64');
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('decodeFloat32', () => {
  const floats = fc.array(fc.float({ noNaN: false }), { minLength: 1, maxLength: 40 });

  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(floats, (numbers) => {
        expect(toNumbers(decodeFloat32(encode(numbers), CALL))).toEqual(numbers);
      }),
    );
  });

  it('gives the same without Buffer, as in a browser', () => {
    const cases = fc.sample(floats, 50).map((numbers) => ({ numbers, text: encode(numbers) }));
    vi.stubGlobal('Buffer', undefined);
    for (const { numbers, text } of cases) {
      expect(toNumbers(decodeFloat32(text, CALL))).toEqual(numbers);
    }
  });

  it.each(['', 'AAA=', 'AAAAAAA='])('refuses %j, which is no whole number of floats', (text) => {
    expect(() => decodeFloat32(text, CALL)).toThrow(ProtocolError);
  });
});
