import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { budgetFor } from './installs/budgets.mjs';
import { checkWorkspace } from './installs/check-workspace.mjs';
import { outsideVersions } from './installs/outside-versions.mjs';
import { packAll } from './installs/pack.mjs';
import { tarballProblems } from './installs/tarball-problems.mjs';
import { root, workspacePackages } from './workspace.mjs';

// They start other processes.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const here = {
  node: { name: 'this Node.js', path: process.execPath },
  typescript: {
    name: 'TypeScript 7',
    path: join(root, 'node_modules/typescript/bin/tsc'),
    typeRoots: [join(root, 'node_modules/@types')],
  },
  places: [],
};
const places = ['nodenext', 'bundler', 'browser'];

const base = {
  'packages/base/package.json': { name: '@house/base' },
  'packages/base/dist/index.js': 'export const base = 1;',
  'packages/base/dist/index.d.ts': 'export declare const base: number;',
};
const top = {
  'packages/top/package.json': {
    name: '@house/top',
    dependencies: { '@house/base': 'workspace:^' },
  },
  'packages/top/dist/index.js': 'import { part } from "./part.js";\nexport { part };',
  'packages/top/dist/index.d.ts': "export { part } from './part.js';",
  'packages/top/dist/part.js': 'import { base } from "@house/base";\nexport const part = base + 1;',
  'packages/top/dist/part.d.ts': 'export declare const part: number;',
};
const shared = {
  version: '1.0.0',
  type: 'module',
  files: ['dist'],
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
};

let folder;
let workspace;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installs-test-'));
  workspace = join(folder, 'workspace');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A workspace of two packages, with files changed. Those that are undefined are left out. */
function make(changes = {}) {
  const files = {
    'pnpm-workspace.yaml': 'packages: [packages/*]',
    'package.json': { private: true },
    LICENSE: 'MIT',
    'packages/base/README.md': '',
    'packages/top/README.md': '',
    ...base,
    ...top,
    ...changes,
  };
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    const isManifest = /^packages\/\w+\/package\.json$/.test(path);
    const value = isManifest ? { ...shared, ...content } : content;
    writeFileSync(join(workspace, path), typeof value === 'string' ? value : JSON.stringify(value));
  }
  execFileSync('pnpm', ['install', '--offline'], { cwd: workspace, stdio: 'pipe' });
  return workspacePackages(workspace);
}

const manifestOfTop = (changes) => ({
  'packages/top/package.json': { ...top['packages/top/package.json'], ...changes },
});

async function check(changes, budgets, corner = here) {
  const packages = make(changes);
  const outside = new Map();
  const results = await checkWorkspace({
    workspace,
    packages,
    folder,
    corners: [corner],
    budgets,
    outside,
  });
  return results.find(({ name }) => name === '@house/top');
}

async function inTarball(changes) {
  const packages = make(changes);
  const tarballs = await packAll(workspace, packages, folder);
  const one = packages.find(({ manifest }) => manifest.name === '@house/top');
  const tarball = tarballs.get('@house/top');
  return [...tarballProblems(join(workspace, one.folder), one.manifest, tarball)];
}

describe('an installed package', () => {
  it('that is whole has no problems', async () => {
    const { problems, brings, importMs, packedBytes, installedBytes } = await check({}, undefined, {
      ...here,
      places,
    });
    expect(problems).toEqual([]);
    expect(brings).toEqual(['@house/base']);
    expect(importMs['this Node.js']).toBeGreaterThan(0);
    expect(packedBytes).toBeGreaterThan(200);
    expect(installedBytes).toBeGreaterThan(packedBytes);
  });

  it('that lacks a file says which, and what to do', async () => {
    const { problems } = await check(manifestOfTop({ files: ['dist', '!dist/part.js'] }));
    const said = problems.join('\n');
    expect(said).toMatch(/^import on this Node.js fails: .*Cannot find module .*part\.js/m);
    expect(said).toMatch(/^require on this Node.js fails: .*part\.js/m);
    expect(said).toContain('let "files" of package.json take it in');
  });

  it('that imports what it does not declare says so, though a sibling is in the workspace', async () => {
    const { problems } = await check(manifestOfTop({ dependencies: {} }));
    expect(problems[0]).toMatch(/Cannot find package '@house\/base'/);
    expect(problems[0]).toContain('add it to the dependencies of package.json');
  });

  it('that awaits at its top level cannot be required', async () => {
    const { problems } = await check({
      'packages/top/dist/part.js': 'export const part = await Promise.resolve(1);',
      ...manifestOfTop({ dependencies: {} }),
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^require on this Node.js fails/);
    expect(problems[0]).toContain('no module may use await at its top level');
  });

  it('that prints when it is loaded is a problem', async () => {
    const { problems } = await check({
      'packages/top/dist/part.js': 'console.error("deprecated");\nexport const part = 1;',
    });
    expect(problems).toContain('import on this Node.js works, but prints: deprecated');
  });

  it('whose command does not start is a problem', async () => {
    const { problems } = await check({
      ...manifestOfTop({ bin: { tool: './dist/cli.js' } }),
      'packages/top/dist/cli.js': '#!/usr/bin/env node\nthrow new TypeError("broken");',
    });
    expect(problems).toEqual(['tool --help on this Node.js fails: TypeError: broken']);
  });

  it('whose types do not compile shows what a user sees, in each place', async () => {
    const part = "import type { Missing } from 'missing';\nexport declare const part: Missing;";
    const changes = { 'packages/top/dist/part.d.ts': part };
    const { problems } = await check(changes, undefined, { ...here, places });
    expect(problems.map((problem) => /\((\w+)\)/.exec(problem)?.[1])).toEqual(places);
    expect(problems[0]).toMatch(/TypeScript 7 .*part\.d\.ts.*Cannot find module 'missing'/s);
  });

  it('whose types need Node.js is a problem for browsers only', async () => {
    const part = "export declare const part: import('node:http').Server;";
    const changes = { 'packages/top/dist/part.d.ts': part };
    const { problems } = await check(changes, undefined, { ...here, places });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('(browser)');
  });
});

describe('a budget', () => {
  const measured = { packedBytes: 1000, installedBytes: 20_000, brings: ['@house/base'] };

  it('that was written from a package holds for it', async () => {
    const { problems, ...figures } = await check();
    rmSync(join(folder, 'projects'), { recursive: true });
    const again = await check({}, { '@house/top': budgetFor(figures) });
    expect(problems).toEqual([]);
    expect(again.problems).toEqual([]);
  });

  it('that is exceeded fails with the figures, the heaviest and the command', async () => {
    const { problems } = await check(
      {
        'packages/base/dist/index.d.ts': `export declare const base: number; // ${'x'.repeat(30_000)}`,
      },
      { '@house/top': budgetFor(measured) },
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^is 3\d\.\d KB installed with all that it brings, budget 22\.0 KB/,
    );
    expect(problems[0]).toMatch(/heaviest: @house\/base 3\d\.\d KB, @house\/top/);
    expect(problems[0]).toContain('node .ci/check-installs.mjs --update-budgets');
  });

  it('names what is brought: no more and no less', async () => {
    const budget = { ...budgetFor(measured), brings: ['gone'] };
    const { problems } = await check({}, { '@house/top': budget });
    expect(problems.join('\n')).toContain('brings @house/base, which its budget does not name');
    expect(problems.join('\n')).toContain('no longer brings gone, which its budget names');
  });

  it('must be there', async () => {
    const { problems } = await check({}, {});
    expect(problems).toEqual([expect.stringMatching(/^has no budget \(.*--update-budgets\)$/)]);
  });
});

describe('a tarball', () => {
  it('that is whole has no problems', async () => {
    expect(await inTarball()).toEqual([]);
  });

  it('must hold what its entries load', async () => {
    expect(await inTarball(manifestOfTop({ files: ['dist', '!dist/part.js'] }))).toEqual([
      'the tarball lacks dist/part.js: let "files" of package.json take it in',
    ]);
  });

  it('must hold the licence', async () => {
    expect(await inTarball({ LICENSE: undefined })).toEqual(['the tarball has no LICENSE']);
  });

  it('must not hold tests, or scripts that nothing loads', async () => {
    const problems = await inTarball({
      'packages/top/dist/part.test.d.ts': '',
      'packages/top/dist/old.js': '',
    });
    expect(problems).toEqual([
      'the tarball holds dist/part.test.d.ts',
      'nothing loads dist/old.js: remove dist and build again',
    ]);
  });

  it('must declare what it imports, when needed only as well', async () => {
    const part = '// import("quoted")\nexport const part = () => import("left/pad");';
    expect(await inTarball({ 'packages/top/dist/part.js': part })).toEqual([
      'dist/part.js imports left: add it to dependencies',
    ]);
  });
});

describe('outsideVersions', () => {
  it('finds what the packages bring, in one version each', () => {
    const outside = (name, version, dependencies) => ({ name, version, dependencies });
    const packages = make();
    const put = (at, manifest) => {
      const path = join(workspace, at, 'node_modules', manifest.name);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
    };
    put('', outside('deep', '2.0.0', { deeper: '*' }));
    put('', outside('deeper', '3.0.0'));
    put('packages/top', outside('direct', '1.0.0', { deep: '*', twice: '*' }));
    put('packages/base', outside('twice', '1.0.0'));
    put('packages/top', outside('twice', '2.0.0'));
    put('', outside('unused', '1.0.0'));
    const [first, second] = packages.map((one) => ({ ...one }));
    const depend = (one, names) => {
      const path = join(workspace, one.folder, 'package.json');
      const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
      writeFileSync(path, JSON.stringify({ ...one.manifest, dependencies }));
    };
    depend(first, ['twice']);
    depend(second, ['@house/base', 'direct']);
    expect([...outsideVersions(workspace, packages)]).toEqual([
      ['direct', '1.0.0'],
      ['deep', '2.0.0'],
      ['deeper', '3.0.0'],
    ]);
  });
});
