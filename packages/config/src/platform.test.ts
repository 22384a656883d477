import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const TYPE_IMPORT = /^(?:import|export) type [^;]*;/gm;

/** Every module that one imports, itself included, and the packages they name. */
function reach(entry: URL): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [entry];
  for (const url of waiting) {
    if (files.has(url.href)) continue;
    files.add(url.href);
    const source = readFileSync(url, 'utf8').replaceAll(TYPE_IMPORT, '');
    for (const [, name = ''] of source.matchAll(/ from '([^']+)';/g)) {
      if (name.startsWith('.')) waiting.push(new URL(name, url));
      else packages.add(name);
    }
  }
  return { files, packages };
}

it('needs nothing of Node in its main entry', () => {
  const { files, packages } = reach(new URL('index.ts', import.meta.url));
  expect(files.size).toBeGreaterThan(15);
  expect([...packages].toSorted()).toEqual(['@integrations/errors', '@integrations/types']);
});

it('has what needs Node in the entry for it', () => {
  const { packages } = reach(new URL('node/index.ts', import.meta.url));
  expect(packages).toContain('node:fs');
  expect(packages).toContain('smol-toml');
});

it('needs nothing of Node in what browsers get for it', () => {
  const { packages } = reach(new URL('node/browser.ts', import.meta.url));
  expect([...packages].toSorted()).toEqual(['@integrations/errors']);
});
