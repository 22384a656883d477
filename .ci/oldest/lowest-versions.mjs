// Which versions of the packages below the clients somebody may have beside the clients that are released next.

const scope = /^@[^/]+\//;

/** The packages of the workspace that a package stands on, all the way down. */
function packagesBelow(manifest, byName, found = new Set()) {
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const below = byName.get(name);
    if (!below || found.has(name)) continue;
    found.add(name);
    packagesBelow(below, byName, found);
  }
  return found;
}

/**
 * The oldest version of each package below the newest ones, by name, as what to install.
 *
 * A range such as `workspace:^` is published as `^1.2.0`, where 1.2.0 is the version that the workspace has, or gets by
 * the changesets that wait. So the oldest of a package with changesets is its own state here (`undefined`), as it is for
 * one that was never released. For any other it is the release of that version.
 */
export function lowestVersions(manifests, newest, pending) {
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const below = new Set(newest.flatMap((name) => [...packagesBelow(byName.get(name), byName)]));
  return new Map(
    [...below].map((name) => {
      const { version } = byName.get(name);
      const isReleased = version !== '0.0.0' && (pending.get(name) ?? 'none') === 'none';
      return [name, isReleased ? version : undefined];
    }),
  );
}

/** A list of packages for people to read: `retry 1.2.0, types 1.0.3`. */
export const listOf = (lowest) =>
  [...lowest]
    .filter(([, version]) => version !== undefined)
    .map(([name, version]) => `${name.replace(scope, '')} ${version}`)
    .join(', ');
