import { isAbsolute, join } from 'node:path';
import type { Environment } from '../env-source.ts';
import { homeDirectory } from './display-path.ts';

/** Options of `xdgConfigPath`. */
export interface XdgConfigPathOptions {
  /** The variables. @default `process.env`, then what the system says of the user */
  readonly env?: Environment;
}

function firstSet(...values: (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '');
}

/**
 * The path of a configuration file of a user: `$XDG_CONFIG_HOME/<app>/<file>`, or
 * `~/.config/<app>/<file>` by `HOME` or `USERPROFILE`. Undefined when the user has no
 * home. As its specification asks, an `XDG_CONFIG_HOME` that is not absolute is ignored.
 */
export function xdgConfigPath(
  app: string,
  file: string,
  { env }: XdgConfigPathOptions = {},
): string | undefined {
  const { XDG_CONFIG_HOME: base, HOME: home, USERPROFILE: profile } = env ?? process.env;
  if (base !== undefined && isAbsolute(base)) return join(base, app, file);
  const directory = firstSet(home, profile, env === undefined ? homeDirectory() : undefined);
  return directory === undefined ? undefined : join(directory, '.config', app, file);
}
