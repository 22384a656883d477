// The workspace as it is on disk, built, in a folder of its own: a trial may change versions and files there.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../installs/processes.mjs';
import { root, workspacePackages } from '../workspace.mjs';

const author = ['-c', 'user.name=trial', '-c', 'user.email=trial@localhost'];

async function trackedFiles() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = (await outputOf('git', args, { cwd: root })).split('\0');
  return files.filter((file) => file && existsSync(join(root, file)));
}

/** Copies what git would take, and what was built; makes it a git repository, and installs its dependencies. */
export async function copyWorkspace(folder) {
  for (const file of await trackedFiles()) cpSync(join(root, file), join(folder, file));
  for (const one of workspacePackages()) {
    const built = join(one.folder, 'dist');
    if (existsSync(join(root, built)))
      cpSync(join(root, built), join(folder, built), { recursive: true });
  }
  await outputOf('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts'], {
    cwd: folder,
  });
  await outputOf('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  await outputOf('git', ['add', '--all'], { cwd: folder });
  await outputOf('git', [...author, 'commit', '--quiet', '--message=trial'], { cwd: folder });
}
