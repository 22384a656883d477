import { describe, expect, it } from 'vitest';
import { importing } from './import-cost.ts';

const moduleOf = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

describe('importing', () => {
  it('runs the module, anew each time, and tells what it cost', async () => {
    const once = moduleOf("if (globalThis.ran) throw new Error('again'); globalThis.ran = true;");
    const subject = importing(once);
    for (let call = 0; call < 2; call += 1) {
      expect(await subject.call()).toEqual({
        cpu: expect.any(Number),
        wall: expect.any(Number),
        resident: expect.any(Number),
        heap: expect.any(Number),
      });
    }
  });

  it('fails with the module', async () => {
    await expect(importing(moduleOf("throw new Error('broken')")).call()).rejects.toThrow('broken');
  });
});
