import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleSize } from './bundle.ts';
import { dependencyClosure } from './dependency-closure.ts';
import { installedSize } from './installed-size.ts';

const folder = mkdtempSync(join(tmpdir(), 'sizes-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function install(name: string, manifest: object): string {
  const path = `node_modules/${name}/package.json`;
  write(path, JSON.stringify({ name, version: '1.0.0', ...manifest }));
  write(`node_modules/${name}/index.js`, 'x'.repeat(100));
  return join(folder, path);
}

const app = install('app', {
  dependencies: { left: '1', right: '1' },
  peerDependencies: { needed: '1', spare: '1' },
  peerDependenciesMeta: { spare: { optional: true } },
});
install('left', { dependencies: { shared: '1' } });
install('right', { dependencies: { shared: '1', app: '1' } });
install('shared', {});
install('needed', {});
const lacking = install('lacking', { dependencies: { absent: '1' } });

describe('dependencyClosure', () => {
  it('has each package once, and peers unless they are optional', () => {
    const names = dependencyClosure(app).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['app', 'left', 'needed', 'right', 'shared']);
  });

  it('names what is missing', () => {
    expect(() => dependencyClosure(lacking)).toThrow(/lacking@1\.0\.0 needs absent|absent/);
  });
});

describe('installedSize', () => {
  it('adds up the files of all, and nothing twice', () => {
    write('node_modules/shared/node_modules/foreign/index.js', 'x'.repeat(5000));
    const { installed, packages } = installedSize(app);
    expect(packages).toBe(5);
    expect(installed).toBeGreaterThan(500);
    expect(installed).toBeLessThan(1500);
  });
});

describe('bundleSize', () => {
  it('holds what is used, and is smaller when it is packed', async () => {
    const { minified, gzip } = await bundleSize(
      "import { ExponentialBackoff as all } from '@integrations/retry'; globalThis.all = all;",
      'browser',
    );
    expect(minified).toBeGreaterThan(gzip);
    expect(gzip).toBeGreaterThan(100);
  });

  it('fails with what cannot be parsed', async () => {
    await expect(bundleSize('import {', 'node')).rejects.toThrow();
  });
});
