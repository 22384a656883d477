import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './installs/processes.mjs';
import { startRegistry } from './release/local-registry.mjs';
import { problemsOfPublished } from './release/try-release.mjs';
import { root } from './workspace.mjs';

// They start other processes.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the local registry', () => {
  let registry;

  beforeEach(async () => {
    registry = await startRegistry(join(folder, 'registry'));
  });

  afterEach(() => registry.close());

  function project(manifest) {
    const path = join(folder, 'project');
    mkdirSync(path);
    writeFileSync(join(path, 'package.json'), JSON.stringify({ version: '1.0.0', ...manifest }));
    return path;
  }

  const publish = (cwd) => run('npm', ['publish'], { cwd, env: registry.environment });
  const published = async (manifest) => {
    const one = {
      folder: 'packages/one',
      manifest: { name: '@integrations/one', version: '1.0.0', ...manifest },
    };
    return Array.fromAsync(problemsOfPublished(one, registry.url));
  };

  it('takes packages of the scope, and shows them', async () => {
    const repository = {
      type: 'git',
      url: 'git+https://github.com/owner/integrations.git',
      directory: 'packages/one',
    };
    const { status, stderr } = await publish(project({ name: '@integrations/one', repository }));
    expect(stderr).toContain(registry.url);
    expect(status).toBe(0);
    expect(await published({})).toEqual([]);
  });

  it('takes no others', async () => {
    const { status } = await publish(project({ name: 'integrations-other' }));
    expect(status).not.toBe(0);
  });

  it('shows what a release did wrong', async () => {
    const name = '@integrations/one';
    expect(await published({})).toEqual([`${name}@1.0.0 was not published`]);
    const dependencies = { '@integrations/two': 'workspace:^' };
    await publish(project({ name, version: '0.0.0', dependencies }));
    expect(await published({ version: '0.0.0' })).toEqual([
      `${name} is released as 0.0.0: add a changeset that names it`,
      `${name} asks for @integrations/two@workspace:^`,
      `${name} does not name its repository, which its provenance needs`,
    ]);
    expect(await published({ private: true })).toEqual([`${name} is private, and was published`]);
  });

  it('lets no setting of the machine through', () => {
    const names = Object.keys(registry.environment).filter((name) => /^p?npm_config_/i.test(name));
    for (const name of names) expect(name).toBe(name.toLowerCase());
    expect(registry.environment.npm_config_registry).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(registry.environment.npm_config_userconfig).toContain(folder);
  });

  it('is gone when it was closed', async () => {
    registry.close();
    await expect(fetch(registry.url)).rejects.toThrow('fetch failed');
  });
});

describe('a trial that does not end well leaves nothing', () => {
  const script = join(root, '.ci/check-release.mjs');

  it('when it fails', async () => {
    const env = { ...process.env, TMPDIR: folder, PATH: dirname(process.execPath) };
    const { status, stderr } = await run(process.execPath, [script], { env });
    expect(status).toBe(1);
    expect(stderr).toMatch(/could not be started|ended with/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('when it is stopped', async () => {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [script], { env, stdio: 'ignore' });
    await expect.poll(() => readdirSync(folder), { timeout: 20_000 }).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([1, null]);
    await expect.poll(() => readdirSync(folder), { timeout: 20_000 }).toEqual([]);
  });
});

describe('the workflow of a release', () => {
  const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');

  it('pins every action to a commit', () => {
    const used = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(3);
    for (const action of used) expect(action).toMatch(/@[0-9a-f]{40}$/);
  });

  it('runs scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const run = [...workflow.matchAll(/script: npx -y pnpm@12 (\S+)/g)].map(([, name]) => name);
    expect(run).toEqual(['release:version', 'release:publish']);
    for (const name of run) expect(scripts).toHaveProperty([name]);
  });
});
