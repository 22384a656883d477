// Packages of one workspace beside the oldest of what they stand on: the problems, and which versions those were.
import { join } from 'node:path';
import { packAll } from '../installs/pack.mjs';
import { pendingBumps } from '../changesets.mjs';
import { workspacePackages } from '../workspace.mjs';
import { listOf, lowestVersions } from './lowest-versions.mjs';
import { compileIn, installBeside, runIn } from './project.mjs';

const advice =
  'Users may have these versions with the next release of the clients. Add a changeset to the package whose new state the clients need: its release raises what they ask for. Or have the clients do without.';

/**
 * @param newest the packages under test, by name.
 * @param tools what the contract imports besides.
 * @param substitutes versions, or addresses of tarballs, to take whatever the ranges say.
 */
export async function checkOldest({
  workspace,
  folder,
  newest,
  tools,
  contract,
  substitutes = [],
}) {
  const packages = workspacePackages(workspace).filter(({ manifest }) => !manifest.private);
  const manifests = packages.map(({ manifest }) => manifest);
  const lowest = new Map([
    ...lowestVersions(manifests, newest, pendingBumps(workspace)),
    ...substitutes,
  ]);
  const tarballs = await packAll(workspace, packages, folder);
  const project = join(folder, 'project');
  await installBeside({
    folder: project,
    tarballs,
    lowest,
    dependencies: [...newest, ...tools],
  });
  const failures = await runIn(project, contract);
  for (const name of newest) failures.push(...(await compileIn(project, name)));

  const versions = listOf(lowest);
  const beside = versions ? `beside ${versions}` : 'as they would be published now';
  const problems = failures.map((one) => `${newest.join(' and ')} fail ${beside}:\n${one}`);
  if (problems.length > 0 && versions) problems.push(advice);
  return { versions, problems };
}
