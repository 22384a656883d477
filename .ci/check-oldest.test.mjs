import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkOldest } from './oldest/check-oldest.mjs';
import { listOf, lowestVersions } from './oldest/lowest-versions.mjs';

/** A registry that has one version of one package. */
async function serve({ name, version }, tarball) {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = createServer((request, response) => {
    if (request.url.endsWith('.tgz')) return response.end(tarball);
    const dist = { tarball: `http://${request.headers.host}/${name}.tgz`, integrity };
    const versions = { [version]: { name, version, dist } };
    const isKnown = decodeURIComponent(request.url) === `/${name}`;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  const { promise, resolve } = Promise.withResolvers();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return server;
}

describe('lowestVersions', () => {
  const manifests = [
    { name: '@house/types', version: '1.0.3' },
    { name: '@house/retry', version: '1.2.0', dependencies: { '@house/types': 'workspace:^' } },
    {
      name: '@house/client',
      version: '2.0.0',
      dependencies: { '@house/retry': 'workspace:^', undici: '^8.0.0' },
    },
    { name: '@house/other', version: '1.0.0' },
  ];
  const lowest = (pending, all = manifests) =>
    lowestVersions(all, ['@house/client'], new Map(pending));

  it('takes the releases that ranges begin with, all the way down', () => {
    expect([...lowest([])]).toEqual([
      ['@house/retry', '1.2.0'],
      ['@house/types', '1.0.3'],
    ]);
    expect(listOf(lowest([]))).toBe('retry 1.2.0, types 1.0.3');
  });

  it('takes the present state of what is released along', () => {
    const pending = [
      ['@house/types', 'patch'],
      ['@house/retry', 'none'],
    ];
    expect(listOf(lowest(pending))).toBe('retry 1.2.0');
  });

  it('takes the present state of what was never released', () => {
    const unreleased = manifests.map((one) => ({ ...one, version: '0.0.0' }));
    expect(listOf(lowest([], unreleased))).toBe('');
  });
});

describe('a client beside an older package', () => {
  let folder;
  let workspace;

  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const exported = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };
  const writePackage = (path, manifest, code, declarations) => {
    const shared = { version: '1.1.0', type: 'module', exports: exported, files: ['dist'] };
    write(`${path}/package.json`, JSON.stringify({ ...shared, ...manifest }));
    write(`${path}/dist/index.js`, code);
    write(`${path}/dist/index.d.ts`, declarations);
  };
  /** Packs a retry as it was; gives the address of its tarball. */
  const packOld = (name, code, declarations, version = '1.0.0') => {
    writePackage(name, { name: '@house/retry', version }, code, declarations);
    execFileSync('pnpm', ['pack', '--out', `${name}.tgz`], { cwd: join(folder, name) });
    return `file:${join(folder, name, `${name}.tgz`)}`;
  };
  const check = (name, substitute) =>
    checkOldest({
      workspace,
      folder: join(folder, `${name}-run`),
      newest: ['@house/client'],
      tools: [],
      contract: pathToFileURL(join(folder, 'contract.mjs')),
      substitutes: substitute ? [['@house/retry', substitute]] : [],
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'oldest-test-'));
    workspace = join(folder, 'workspace');
    write('workspace/pnpm-workspace.yaml', 'packages:\n  - packages/*\n');
    write('workspace/package.json', '{ "private": true }');
    write('workspace/.changeset/one.md', "---\n'@house/retry': minor\n---\n\nNews.\n");
    writePackage(
      'workspace/packages/retry',
      { name: '@house/retry' },
      'export const retry = { run: () => 1, stop: () => 2 };',
      'export interface Retry { run(): number; stop(): number }\nexport declare const retry: Retry;',
    );
    writePackage(
      'workspace/packages/client',
      { name: '@house/client', dependencies: { '@house/retry': 'workspace:^' } },
      "import { retry } from '@house/retry';\nexport const call = () => retry.run() + retry.stop();",
      "import type { Retry } from '@house/retry';\nexport declare const call: () => ReturnType<Retry['stop']>;",
    );
    write(
      'contract.mjs',
      "import { call } from '@house/client';\ntry { call(); } catch (error) { console.error(`call no longer works: ${error.message}`); process.exitCode = 1; }",
    );
    execFileSync('pnpm', ['install', '--offline'], { cwd: workspace });
    for (const name of ['present', 'compatible', 'lacking', 'typeless', 'released'])
      mkdirSync(join(folder, `${name}-run`));
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('passes where nothing older is allowed', async () => {
    expect(await check('present')).toEqual({ versions: '', problems: [] });
  }, 60_000);

  it('passes where the older one has all that it needs', async () => {
    const old = packOld(
      'compatible',
      'export const retry = { run: () => 1, stop: () => 2 };',
      'export interface Retry { run(): number; stop(): number }\nexport declare const retry: Retry;',
    );
    expect(await check('compatible', old)).toEqual({ versions: `retry ${old}`, problems: [] });
  }, 60_000);

  it('fails where it lacks a member, and says which, beside what, and what to do', async () => {
    const old = packOld(
      'lacking',
      'export const retry = { run: () => 1 };',
      'export interface Retry { run(): number; stop(): number }\nexport declare const retry: Retry;',
    );
    const { problems } = await check('lacking', old);
    expect(problems).toEqual([
      `@house/client fail beside retry ${old}:\ncall no longer works: retry.stop is not a function`,
      expect.stringContaining('Add a changeset to the package whose new state the clients need'),
    ]);
  }, 60_000);

  it('fails where only a type lacks it', async () => {
    const old = packOld(
      'typeless',
      'export const retry = { run: () => 1, stop: () => 2 };',
      'export interface Retry { run(): number }\nexport declare const retry: Retry;',
    );
    const { problems } = await check('typeless', old);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("Property 'stop' does not exist on type 'Retry'");
  }, 60_000);

  it('takes what is released from the registry', async () => {
    const lacking = packOld(
      'released',
      'export const retry = { run: () => 1 };',
      'export interface Retry { run(): number; stop(): number }\nexport declare const retry: Retry;',
      '1.1.0',
    );
    const tarball = readFileSync(lacking.slice('file:'.length));
    const server = await serve({ name: '@house/retry', version: '1.1.0' }, tarball);
    vi.stubEnv('pnpm_config_registry', `http://127.0.0.1:${server.address().port}/`);
    write('workspace/.changeset/one.md', '---\n---\n');
    try {
      const { versions, problems } = await check('released');
      expect(versions).toBe('retry 1.1.0');
      expect(problems[0]).toBe(
        '@house/client fail beside retry 1.1.0:\ncall no longer works: retry.stop is not a function',
      );
    } finally {
      vi.unstubAllEnvs();
      server.closeAllConnections();
      server.close();
    }
  }, 60_000);
});
