// Publishes every package whose version the registry does not have yet.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, workspacePackages } from './workspace.mjs';

/** npm takes a statement of provenance only for packages that name the repository which the workflow runs in. */
function nameRepository(repository) {
  for (const { folder, manifest } of workspacePackages()) {
    if (manifest.private) continue;
    manifest.repository = {
      type: 'git',
      url: `git+https://github.com/${repository}.git`,
      directory: folder,
    };
    writeFileSync(
      join(root, folder, 'package.json'),
      `${JSON.stringify(manifest, undefined, 2)}\n`,
    );
  }
}

const { GITHUB_REPOSITORY } = process.env;
if (GITHUB_REPOSITORY) nameRepository(GITHUB_REPOSITORY);
const { status, error } = spawnSync('changeset', ['publish'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (error) console.error(`changeset could not be started: ${error.message}`);
process.exit(status ?? 1);
