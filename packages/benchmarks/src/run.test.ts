import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'benchmarks-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const path = fileURLToPath(new URL('./run.ts', import.meta.url));
  return spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
}

describe('the command', () => {
  it('measures what it is asked for, and writes both files', () => {
    const markdown = join(folder, 'results.md');
    const json = join(folder, 'results.json');
    const files = ['--markdown', markdown, '--json', json];
    const { status, stdout, stderr } = run('--quick', '--only', 'last 100 calls', ...files);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Node\.js v\d+\..*, \d+ cores of .*, load /);
    expect(stdout).toMatch(/^protect, last 100 calls +ours /m);
    expect(stdout).toMatch(/^cockatiel CountBreaker, last 100 calls +cockatiel \d+\./m);
    expect(readFileSync(markdown, 'utf8')).toContain('| protect, last 100 calls | ours |');
    const written = JSON.parse(readFileSync(json, 'utf8')) as {
      plan: { processes: number };
      results: { name: string; measurements: unknown[] }[];
    };
    expect(written.results).toHaveLength(2);
    for (const { measurements } of written.results) {
      expect(measurements).toHaveLength(written.plan.processes);
    }
  });

  it('lists the cases without measuring', () => {
    const { status, stdout } = run('--list', '--only', 'primitives/p-retry');
    expect(status).toBe(0);
    expect(stdout).toBe('primitives/p-retry\n');
  });

  it('explains itself', () => {
    expect(run('--help').stdout).toContain('--markdown FILE');
  });

  it.each([
    [['--fast'], /^Unknown option '--fast'\. --help lists the options\.\n$/],
    [['--only', 'nothing'], /^No case has 'nothing' in its name\. --list names them all\.\n$/],
    [
      ['--json', join(folder, 'missing', 'file.json')],
      /^Cannot write .*file\.json: there is no folder .*missing to write to\.\n$/,
    ],
  ])('refuses %j with one line and exit code 2', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
