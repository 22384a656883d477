// The changesets that wait for the next release, as data.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From none to the highest. */
export const bumps = ['none', 'patch', 'minor', 'major'];

/** The names of the files, without the folder's own README. */
export const changesetFiles = (root) =>
  readdirSync(join(root, '.changeset')).filter(
    (file) => file.endsWith('.md') && file !== 'README.md',
  );

/** The bumps that one changeset asks for, as [package, bump]. */
export function bumpsOf(root, file) {
  const text = readFileSync(join(root, '.changeset', file), 'utf8');
  const frontMatter = /^---\n(.*?)\n?---\n/s.exec(text)?.[1];
  if (frontMatter === undefined) return [[`${file} without front matter`, undefined]];
  return frontMatter
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(':').map((part) => part.trim().replaceAll(/^['"]|['"]$/g, '')));
}

/** The higher of two bumps. */
export const higherBump = (one, other) => (bumps.indexOf(one) < bumps.indexOf(other) ? other : one);

/** The highest bump that waits for each package, by its name. */
export function pendingBumps(root) {
  const pending = new Map();
  for (const [name, bump] of changesetFiles(root).flatMap((file) => bumpsOf(root, file))) {
    pending.set(name, higherBump(pending.get(name) ?? 'none', bump));
  }
  return pending;
}
