// A whole release to a registry of its own, and the packages as a user then gets them.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../installs/processes.mjs';
import { workspacePackages } from '../workspace.mjs';
import { copyWorkspace } from './copy-workspace.mjs';
import { startRegistry } from './local-registry.mjs';

const wanted = ['@integrations/openai', '@integrations/retry', '@integrations/simulator'];
const repository = 'owner/integrations';

const isChangeset = (file) => file.endsWith('.md') && file !== 'README.md';

/** What the workflow of a release does, in its order. */
async function release(workspace, env) {
  await outputOf('changeset', ['version'], { cwd: workspace, env });
  // The lockfile must still fit, or the job that publishes stops.
  const install = ['install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts'];
  await outputOf('pnpm', install, { cwd: workspace });
  await outputOf('node', ['.ci/publish.mjs'], {
    cwd: workspace,
    env: { ...env, GITHUB_REPOSITORY: repository },
  });
}

/** What is wrong with a package in a registry after its release. */
export async function* problemsOfPublished({ folder, manifest }, url) {
  const { name, version } = manifest;
  const answer = await fetch(`${url}/${name.replace('/', '%2f')}`);
  if (manifest.private) {
    if (answer.status !== 404) yield `${name} is private, and was published`;
    return;
  }
  const published = answer.ok ? (await answer.json()).versions[version] : undefined;
  if (!published) {
    yield `${name}@${version} was not published`;
    return;
  }
  if (version === '0.0.0') yield `${name} is released as 0.0.0: add a changeset that names it`;
  for (const [sibling, range] of Object.entries(published.dependencies ?? {})) {
    if (/^(workspace|file|link):/.test(range)) yield `${name} asks for ${sibling}@${range}`;
  }
  if (
    !published.repository?.url.includes(repository) ||
    published.repository.directory !== folder
  ) {
    yield `${name} does not name its repository, which its provenance needs`;
  }
}

async function checkRegistry(workspace, url) {
  const problems = [];
  for (const one of workspacePackages(workspace)) {
    for await (const problem of problemsOfPublished(one, url)) problems.push(problem);
  }
  const left = readdirSync(join(workspace, '.changeset')).filter(isChangeset);
  if (left.length > 0) problems.push(`changesets are left: ${left.join(', ')}`);
  return problems;
}

/** Installs what was published into an empty folder, with npm, and runs code of a user. */
async function useAsUser(folder, env) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await outputOf('npm', ['install', ...wanted], { cwd: folder, env });
  await outputOf('npm', ['ls', '--all'], { cwd: folder, env });
  copyFileSync(new URL('ask-model.mjs', import.meta.url), join(folder, 'ask-model.mjs'));
  return outputOf('node', ['ask-model.mjs'], { cwd: folder, env });
}

/** Whether clients would publish to the registry of the trial, and to it only. */
async function isContained(workspace, { url, environment }) {
  const args = ['config', 'get', 'registry'];
  const asked = ['npm', 'pnpm'].map((client) =>
    outputOf(client, args, { cwd: workspace, env: environment }),
  );
  return (await Promise.all(asked)).every((registry) => registry.trim() === `${url}/`);
}

/** Releases the workspace in a folder of its own; gives the problems. */
export async function tryRelease(folder) {
  const workspace = join(folder, 'workspace');
  await copyWorkspace(workspace);
  const registry = await startRegistry(join(folder, 'registry'));
  try {
    if (!(await isContained(workspace, registry))) {
      return ['npm or pnpm would not publish to the local registry: nothing was tried'];
    }
    await release(workspace, registry.environment);
    const problems = await checkRegistry(workspace, registry.url);
    const said = await useAsUser(join(folder, 'user'), registry.environment);
    if (said.trim() !== 'answered') problems.push(`the code of a user printed: ${said}`);
    return problems;
  } finally {
    registry.close();
  }
}
