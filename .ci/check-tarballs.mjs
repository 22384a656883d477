// What a user gets: packs every published package and looks into the tarball.
import { join } from 'node:path';
import { packAll } from './installs/pack.mjs';
import { tarballProblems } from './installs/tarball-problems.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';
import { conclude, root, workspacePackages } from './workspace.mjs';

async function main() {
  const published = workspacePackages().filter(({ manifest }) => !manifest.private);
  const problems = published.length === 0 ? ['no package is published'] : [];
  await withTemporaryFolder('tarballs', async (destination) => {
    const tarballs = await packAll(root, published, destination);
    for (const { folder, manifest } of published) {
      const found = tarballProblems(join(root, folder), manifest, tarballs.get(manifest.name));
      problems.push(...[...found].map((problem) => `${folder}: ${problem}`));
    }
  });
  conclude(`${published.length} tarballs`, problems);
}

void main();
