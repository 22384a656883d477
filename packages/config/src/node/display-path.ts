import { homedir } from 'node:os';
import { join, sep } from 'node:path';

/** The home directory; undefined for a user that has none. */
export function homeDirectory(): string | undefined {
  try {
    return homedir();
  } catch (error) {
    // Node throws for a user without an entry, as in a container with any user id.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** A path for people: `~` stands for the home directory. */
export function displayPath(path: string): string {
  const home = homeDirectory();
  if (home === undefined || home === '' || home === sep) return path;
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}

/** The path that a leading `~/` stands for. */
export function expandHome(path: string): string {
  if (!path.startsWith('~/')) return path;
  const home = homeDirectory();
  return home === undefined ? path : join(home, path.slice(2));
}
