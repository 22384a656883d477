import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byteLength } from './byte-length.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('byteLength', () => {
  it('is what a text has as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });

  it('is the same where there is no Buffer, as in a browser', async () => {
    vi.resetModules();
    vi.stubGlobal('Buffer', undefined);
    const browser = await import('./byte-length.ts');
    expect(browser.byteLength('aé€😀')).toBe(1 + 2 + 3 + 4);
  });

  it('is the length of bytes', () => {
    expect(byteLength(new Uint8Array(3).subarray(1))).toBe(2);
  });

  it('is what a body says that is still to be read', () => {
    expect(byteLength({ size: 7 })).toBe(7);
  });

  it.each([undefined, null, 5, true, {}])('is not known of %o', (body) => {
    expect(byteLength(body)).toBeUndefined();
  });
});
