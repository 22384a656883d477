import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createConfig } from '../config.ts';
import { temporaryFolder } from './temporary-folder.test.support.ts';
import { fromToml } from './toml-source.ts';
import { xdgConfigPath } from './xdg-config-path.ts';

afterEach(() => vi.unstubAllEnvs());

describe('xdgConfigPath', () => {
  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['XDG_CONFIG_HOME first', { XDG_CONFIG_HOME: '/xdg', HOME: '/people/a' }, '/xdg/app/c.toml'],
    ['HOME next', { HOME: '/people/a', USERPROFILE: '/users/a' }, '/people/a/.config/app/c.toml'],
    ['USERPROFILE then', { USERPROFILE: '/users/a' }, '/users/a/.config/app/c.toml'],
    [
      'no empty XDG_CONFIG_HOME',
      { XDG_CONFIG_HOME: '', HOME: '/people/a' },
      '/people/a/.config/app/c.toml',
    ],
    [
      'no relative XDG_CONFIG_HOME',
      { XDG_CONFIG_HOME: 'x', HOME: '/people/a' },
      '/people/a/.config/app/c.toml',
    ],
    ['no empty HOME', { HOME: '', USERPROFILE: '/users/a' }, '/users/a/.config/app/c.toml'],
    ['nothing where nothing is set', {}, undefined],
  ])('takes %s', (_name, env, path) => {
    expect(xdgConfigPath('app', 'c.toml', { env })).toBe(path);
  });

  it('asks the environment of the process, then the system', () => {
    vi.stubEnv('XDG_CONFIG_HOME', '/xdg');
    expect(xdgConfigPath('app', 'c.toml')).toBe('/xdg/app/c.toml');
    vi.stubEnv('XDG_CONFIG_HOME', undefined);
    vi.stubEnv('HOME', undefined);
    vi.stubEnv('USERPROFILE', undefined);
    expect(xdgConfigPath('app', 'c.toml')).toBe(join(homedir(), '.config/app/c.toml'));
  });

  it('leads to a file, as does a path that begins with ~', () => {
    using folder = temporaryFolder();
    vi.stubEnv('HOME', folder.path);
    folder.write('c.toml', 'region = "north"');
    const config = createConfig([fromToml('~/c.toml')]);
    expect(config.getString('region')).toBe('north');
    expect(config.origin('region')).toBe('~/c.toml, region');
  });
});
