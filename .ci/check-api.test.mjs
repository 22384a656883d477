import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('check-api.mjs', import.meta.url));
const declarations = `
/** Why a call failed. */
export type ErrorCode = 'timeout' | 'rate_limit';
export interface Settings { readonly limit: number; }
export declare function call(settings: Settings): Promise<void>;
`;
const code = `
export function call() {}
export function describeHouseConfig() { return '| \`limit\` | \`HOUSE_LIMIT\` |'; }
const CHAT = { operation: 'chat.create' };
`;

let root;

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const writeManifest = (version) =>
  write(
    'packages/calls/package.json',
    JSON.stringify({
      name: '@house/calls',
      version,
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    }),
  );
const writeChangeset = (bump) =>
  write('.changeset/one.md', bump ? `---\n'@house/calls': ${bump}\n---\n\nNews.\n` : '---\n---\n');
const declare = (text) => write('packages/calls/dist/index.d.ts', text);
const build = (text) => write('packages/calls/dist/index.js', text);

/** Runs the check on the workspace. */
function check(...args) {
  const run = spawnSync(process.execPath, [script, `--root=${root}`, ...args], {
    encoding: 'utf8',
  });
  return { status: run.status, said: run.stderr };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'api-'));
  writeManifest('1.2.0');
  writeChangeset('minor');
  declare(declarations);
  build(code);
  check('--update');
  writeManifest('1.3.0');
  writeChangeset(undefined);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the check of APIs', () => {
  it('is content with what is recorded', () => {
    expect(check()).toEqual({ status: 0, said: '' });
  });

  it('needs no record of what only comments say', () => {
    declare(declarations.replace('failed.', 'failed, in one word.'));
    expect(check()).toEqual({ status: 0, said: '' });
  });

  it('fails without a record, and says how to make one', () => {
    rmSync(join(root, 'packages/calls/api.md'));
    const { status, said } = check();
    expect(status).toBe(1);
    expect(said).toContain('packages/calls: its API is not recorded');
    expect(said).toContain('node .ci/check-api.mjs --update');
  });

  it('says to build what is not built', () => {
    rmSync(join(root, 'packages/calls/dist'), { recursive: true });
    expect(check().said).toContain('build first: npx -y pnpm@12 build');
  });

  it.each([
    {
      what: 'a field that is renamed',
      change: () => declare(declarations.replace('limit:', 'maximum:')),
      says: ['breaking: Settings.limit is gone', 'Settings.maximum is new', 'level major'],
    },
    {
      what: 'an error code that is changed',
      change: () => declare(declarations.replace("'rate_limit'", "'throttled'")),
      says: ["breaking: ErrorCode is `'rate_limit'` no longer", 'level major'],
    },
    {
      what: 'an export that is added',
      change: () => declare(`${declarations}\nexport declare const LIMIT: 3;\n`),
      says: ['addition: LIMIT is new', 'level minor'],
    },
    {
      what: 'an environment variable that is renamed',
      change: () => build(code.replace('HOUSE_LIMIT', 'HOUSE_MAXIMUM')),
      says: ['breaking: environment variable HOUSE_LIMIT is gone', 'level major'],
    },
    {
      what: 'an operation that is renamed',
      change: () => build(code.replace('chat.create', 'chats.create')),
      says: ['breaking: operation chat.create is gone', 'addition: operation chats.create is new'],
    },
  ])('refuses $what until it is recorded and announced', ({ change, says }) => {
    change();
    const { status, said } = check();
    expect(status).toBe(1);
    for (const text of [...says, 'its API is not what is recorded']) expect(said).toContain(text);

    writeChangeset('major');
    expect(check().status).toBe(1);
    expect(check('--update')).toEqual({ status: 0, said: '' });
    expect(check()).toEqual({ status: 0, said: '' });
  });

  it('remembers what a recorded change asks for until it is released', () => {
    declare(declarations.replace('limit:', 'maximum:'));
    writeChangeset('minor');
    const tooLow = 'ask for a changeset of level major; those that wait are of level minor';
    expect(check('--update').said).toContain(tooLow);
    expect(check().said).toContain(tooLow);

    writeManifest('2.0.0');
    writeChangeset(undefined);
    expect(check()).toEqual({ status: 0, said: '' });
  });

  it('lets a minor break before 1.0', () => {
    writeManifest('0.3.0');
    writeChangeset('minor');
    expect(check('--update').status).toBe(0);
    declare(declarations.replace('limit:', 'maximum:'));
    expect(check('--update')).toEqual({ status: 0, said: '' });
    expect(readFileSync(join(root, 'packages/calls/api.md'), 'utf8')).toContain(
      'Changes since 0.3.0 ask for: minor.',
    );
  });
});
