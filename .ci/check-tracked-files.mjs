// Nothing in the repository may depend on one machine, and the top level stays as it is.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { conclude, root } from './workspace.mjs';

const topLevel = [
  'LICENSE',
  'README.md',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'turbo.json',
];

/** Written so that no pattern matches its own line. */
const forbidden = [
  ['a package registry', '(registry[.](npmjs|yarnpkg|npmmirror)|npm[.]pkg[.]github)[.]'],
  ['a tarball address', '(tarball|resolved)["]?[:] ["]?http'],
  [
    'an absolute path of a machine',
    '(^|[^A-Za-z0-9_.~}/-])/(home|root|tmp|work|Users|private/tmp)/[A-Za-z0-9_.-]',
  ],
  ['a Windows path of a machine', '[A-Z]:[\\]+Users[\\]'],
  ['a folder outside the repository', '[.][.]/shared'],
  [
    'a switched-off check',
    '(//|/[*]|#|<!--) *((oxlint|eslint|oxfmt|prettier)[-](disable|ignore)|@ts[-](ignore|nocheck))',
  ],
];

/** The registry that this machine happens to use must not leak in either. */
function configuredRegistry() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return URL.canParse(stdout?.trim()) ? new URL(stdout.trim()).host : undefined;
}

function grep(mode, pattern) {
  const run = spawnSync('git', ['grep', '--untracked', '-nI', mode, '-e', pattern, '--', '.'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (run.status === 0) return run.stdout.trimEnd().split('\n');
  if (run.status === 1) return [];
  throw new Error(`git grep failed: ${run.stderr}`);
}

const problems = forbidden.flatMap(([what, pattern]) =>
  grep('-E', pattern).map((line) => `names ${what}: ${line}`),
);
const registry = configuredRegistry();
if (registry) problems.push(...grep('-F', registry).map((line) => `names a registry: ${line}`));

const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: Number.POSITIVE_INFINITY },
);
const files = listed.split('\0').filter(Boolean);
for (const name of new Set(files.map((file) => file.split('/', 1)[0]))) {
  const isAllowed = name.startsWith('.') || topLevel.includes(name);
  if (!isAllowed) problems.push(`does not belong at the top level: ${name}`);
}
for (const name of topLevel) {
  if (!existsSync(join(root, name))) problems.push(`is missing at the top level: ${name}`);
}
if (files.length === 0) problems.push('git lists no files');
conclude(`${files.length} files`, problems);
