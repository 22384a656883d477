import { describe, expect, it } from 'vitest';
import { bundleForBrowser } from './bundle.test.support.ts';
import { BROWSER_CLIENTS } from './browser-clients.ts';

const KINDS = ['client', 'core', 'oneCall'] as const;

describe.each(BROWSER_CLIENTS)('a bundle of $provider for browsers', (subject) => {
  it.each(KINDS)('holds all that its %s needs, and neither Node.js nor undici', async (kind) => {
    const { code, imports } = await bundleForBrowser(subject.modules[kind]);
    expect(imports).toEqual([]);
    expect(code).not.toMatch(/["'`]node:(?!fs["'`])/);
    expect(code).not.toMatch(/\bundici\b(?! )/);
  });

  it.each(KINDS)('has a %s within its budget', async (kind) => {
    const { gzipBytes } = await bundleForBrowser(subject.modules[kind]);
    expect(gzipBytes / 1024).toBeLessThan(subject.budgets[kind]);
  });
});

it('notices what Node.js alone has', async () => {
  const { imports } = await bundleForBrowser(
    "import { readFileSync } from 'node:fs'; globalThis.read = readFileSync;",
  );
  expect(imports).toEqual(['node:fs']);
});
