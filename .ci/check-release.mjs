// A release as it will happen, to a registry on this machine: version, publish, and install as a user would. The
// workspace, the settings of npm and real registries stay as they are.
import { tryRelease } from './release/try-release.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';
import { conclude } from './workspace.mjs';

async function main() {
  let problems;
  try {
    // The registry runs in this process and ends with it.
    problems = await withTemporaryFolder('release', tryRelease);
  } catch (error) {
    problems = [error.message];
  }
  conclude('a release', problems);
}

void main();
