import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describeConfigProviderContract, TestLogger } from '@integrations/testing';
import { SecretString } from '@integrations/types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Config, createConfig } from '../config.ts';
import { fromObject } from '../object-source.ts';
import { configurationErrorOf } from '../thrown.test.support.ts';
import { asDuration } from '../value-schemas.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.test.support.ts';
import { fromToml, type TomlSourceOptions } from './toml-source.ts';

/** Node cannot make a named pipe by itself. */
const MAKE_PIPE = 'mkfifo';

afterEach(() => vi.unstubAllEnvs());

function configOf(folder: TemporaryFolder, text: string, options?: TomlSourceOptions): Config {
  return createConfig([fromToml(folder.write('config.toml', text), options)]);
}

const folders = new Map<Config, TemporaryFolder>();
describeConfigProviderContract({
  describe,
  it,
  name: 'ConfigProvider of a file',
  create: ({ values }) => {
    const folder = temporaryFolder();
    const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    const config = configOf(folder, lines.join('\n'));
    folders.set(config, folder);
    return config;
  },
  destroy: (config) => folders.get(config as Config)?.[Symbol.dispose](),
});

describe('fromToml', () => {
  it('takes keys for paths where there is no mapping', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, 'a = 1\n[client]\n"b.c" = "dotted"\nd = { e = [1, 2] }');
    expect(config.get('a', z.number())).toBe(1);
    expect(config.get('client.d.e', z.array(z.number()))).toEqual([1, 2]);
    expect(config.get('client', z.any())).toEqual({ 'b.c': 'dotted', d: { e: [1, 2] } });
    // A name with a dot in it is no path: only a mapping reaches it.
    expect(config.getString('client.b.c')).toBeUndefined();
    expect(config.describe().settings.map(({ key }) => key)).toEqual(['a', 'client.d.e']);
  });

  it('takes a path name by name where a name has a dot', () => {
    using folder = temporaryFolder();
    const mapping = { dotted: { path: ['client', 'b.c'] } };
    const config = configOf(folder, '[client]\n"b.c" = "x"', { mapping });
    expect(config.getString('dotted')).toBe('x');
    expect(config.getString('client')).toBeUndefined();
  });

  it('names file, section and field of a wrong value, as written', () => {
    using folder = temporaryFolder();
    vi.stubEnv('HOME', folder.path);
    const mapping = { timeout: { path: 'client.timeout_secs', unit: 's' } } as const;
    const config = configOf(folder, '[client]\ntimeout_secs = -5', { mapping });
    expect(configurationErrorOf(() => config.get('timeout', asDuration())).message).toBe(
      'The setting timeout from ~/config.toml, [client] timeout_secs is wrong: expected a duration, as a plain number or with its unit (250ms, 30s, 5m, 1h). The value is -5.',
    );
  });

  it('gives dates as text, and fresh copies each time', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, 'day = 2025-03-01\nlist = [{ a = 1 }]');
    expect(config.getString('day')).toBe('2025-03-01');
    const list = config.get('list', z.any());
    list[0].a = 2;
    expect(config.get('list', z.any())).toEqual([{ a: 1 }]);
  });

  it('skips a byte order mark', () => {
    using folder = temporaryFolder();
    expect(configOf(folder, '\uFEFFregion = "north"').getString('region')).toBe('north');
  });
});

describe('a file that is not as it should be', () => {
  it('may be missing when it is optional', () => {
    using folder = temporaryFolder();
    const file = folder.write('file', '');
    for (const path of [join(folder.path, 'none.toml'), join(file, 'below-a-file'), undefined]) {
      const config = createConfig([fromToml({ path, optional: true })]);
      expect(config.getString('a')).toBeUndefined();
      expect(config.describe()).toMatchObject({ settings: [], warnings: [], problems: [] });
    }
  });

  it('is an error when it is missing otherwise', () => {
    using folder = temporaryFolder();
    const config = createConfig([fromToml(join(folder.path, 'none.toml'))]);
    const { message } = configurationErrorOf(() => config.getString('a'));
    expect(message).toContain('none.toml does not exist: create it, or pass optional: true');
    expect(config.describe().problems).toEqual([message]);
    expect(() => createConfig([fromToml(undefined)]).getString('a')).toThrow('set HOME');
  });

  it.each<[string, (folder: TemporaryFolder) => string, string]>([
    ['a folder', (folder) => folder.path, 'not a regular file'],
    [
      'a loop of links',
      ({ path }) => {
        symlinkSync(join(path, 'loop'), join(path, 'loop'));
        return join(path, 'loop');
      },
      'the system says ELOOP',
    ],
    [
      'a pipe that nobody writes to',
      ({ path }) => {
        execFileSync(MAKE_PIPE, [join(path, 'pipe')]);
        return join(path, 'pipe');
      },
      'not a regular file',
    ],
    ['an endless device', () => '/dev/zero', 'not a regular file'],
    ['huge', (folder) => folder.write('huge', '#'.repeat(1024 * 1024 + 1)), 'bytes'],
    [
      'not UTF-8',
      (folder) => folder.write('utf16', new Uint8Array([0xff, 0xfe, 0x61, 0])),
      'not UTF-8',
    ],
  ])('is an error when it is %s, optional or not', (_name, make, problem) => {
    using folder = temporaryFolder();
    const path = make(folder);
    for (const optional of [true, false]) {
      const config = createConfig([fromToml({ path, optional })]);
      const { message } = configurationErrorOf(() => config.getString('a'));
      expect(message).toMatch(/^The configuration file .* cannot be read: /);
      expect(message).toContain(problem);
    }
  });

  it('is named with line and column when it is malformed, and not quoted', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, '[client]\nregion = "x"\napi_key = "hush-hush');
    const error = configurationErrorOf(() => config.getString('client.region'));
    expect(error.message).toMatch(
      /config\.toml is not valid TOML at line 3, column 11: \w.*Correct/,
    );
    expect(error.context).toMatchObject({ line: 3, column: 11 });
    expect(inspect(error) + JSON.stringify(error)).not.toContain('hush-hush');
  });

  it.each([
    '__proto__ = 1',
    '[__proto__]\npolluted = true',
    'a = { __proto__ = { polluted = true } }',
    '"constructor".prototype.polluted = true',
    '[a.constructor]\nb = 1',
  ])('is refused for %j', (text) => {
    using folder = temporaryFolder();
    const { message } = configurationErrorOf(() => configOf(folder, text).getString('polluted'));
    expect(message).toContain('unsafe property');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    '[' + 'a.'.repeat(50_000) + 'a]',
    'a = ' + '['.repeat(50_000),
    'a.'.repeat(5000) + 'a = 1',
  ])('is refused for nesting without end', (text) => {
    using folder = temporaryFolder();
    const { message } = configurationErrorOf(() => configOf(folder, text).getString('a'));
    expect(message).toMatch(/deeper than 32|excessively nested/);
  });
});

describe('reading once', () => {
  it('reads nothing before a key is looked for in it', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'config.toml');
    const config = createConfig([fromObject({ region: 'north' }), fromToml(path)]);
    expect(config.getString('region')).toBe('north');
    writeFileSync(path, 'other = "x"');
    expect(config.getString('other')).toBe('x');
  });

  it('keeps what it read until reload()', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, 'region = "north"');
    expect(config.getString('region')).toBe('north');
    folder.write('config.toml', 'region = "south"');
    expect(config.getString('region')).toBe('north');
    config.reload();
    expect(config.getString('region')).toBe('south');
  });

  it('keeps its values when the file is broken at reload()', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, 'region = "north"');
    config.getString('region');
    folder.write('config.toml', 'region = ');
    expect(configurationErrorOf(() => config.reload()).message).toContain(
      'not valid TOML at line 1',
    );
    expect(config.getString('region')).toBe('north');
  });

  it('tries again after a failure', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, 'region = ');
    expect(() => config.getString('region')).toThrow('not valid TOML');
    folder.write('config.toml', 'region = "south"');
    expect(config.getString('region')).toBe('south');
  });

  it('does not read a file at reload() that nobody has asked for', () => {
    using folder = temporaryFolder();
    expect(() => configOf(folder, 'region = ').reload()).not.toThrow();
  });
});

describe('secrets in a file', () => {
  const mapping = { auth: { path: 'client.auth', secret: true } } as const;
  const text = '[client]\nauth = " hush-hush "\nregion = "north"';

  it('are secrets wherever they come out', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, text, { mapping: { ...mapping, client: 'client' } });
    expect(config.getSecret('auth')?.expose()).toBe('hush-hush');
    const client = config.get('client', z.object({ auth: z.instanceof(SecretString) }));
    expect(client?.auth.expose()).toBe('hush-hush');
    const shown = inspect([config, config.describe(), client], { depth: null, showHidden: true });
    expect(shown + JSON.stringify([config, config.describe(), client])).not.toContain('hush');
  });

  it('survive the disposal of what was handed out', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, text, { mapping });
    config.getSecret('auth')?.dispose();
    expect(config.getSecret('auth')?.expose()).toBe('hush-hush');
  });

  it('may be marked by key or as a whole section', () => {
    using folder = temporaryFolder();
    const config = configOf(folder, text, { secrets: ['client'] });
    expect(inspect(config.get('client.auth', z.any()))).toBe('SecretString([REDACTED])');
    expect(configurationErrorOf(() => config.getSecret('client')).message).toContain(
      'must be text',
    );
  });

  it.each([0o640, 0o604, 0o644, 0o666, 0o620])('warn when the file has mode %o', (mode) => {
    using folder = temporaryFolder();
    const logger = new TestLogger();
    const path = folder.write('credentials', text, mode);
    const config = createConfig([fromToml(path, { mapping })], { logger });
    expect(config.warnings).toEqual([]);
    config.getSecret('auth');
    expect(config.warnings).toEqual([
      `${path} holds a secret ([client] auth), and its permissions (${mode.toString(8)}) let other users read or change it: run chmod 600 on it.`,
    ]);
    expect(logger.messages('warn')).toEqual(config.warnings);
    expect(config.describe().warnings).toEqual(config.warnings);
    folder.write('credentials', text, 0o600);
    config.reload();
    expect(config.warnings).toEqual([]);
  });

  it.each<[string, string, number]>([
    ['a secret in a closed file', text, 0o600],
    ['a secret in a file that only its owner runs', text, 0o711],
    ['an open file without secrets', '[client]\nregion = "north"', 0o644],
  ])('do not warn of %s', (_name, content, mode) => {
    using folder = temporaryFolder();
    const config = createConfig([fromToml(folder.write('c', content, mode), { mapping })]);
    config.describe();
    expect(config.warnings).toEqual([]);
  });

  it('warn of a secret that only its name gives away', () => {
    using folder = temporaryFolder();
    const config = createConfig([fromToml(folder.write('c', 'api_key = "x"', 0o644))]);
    config.describe();
    expect(config.warnings).toHaveLength(1);
  });
});
