// `changeset status` against the base branch where this clone has one (a shallow or detached clone compares with itself).
// It looks only at what changed since, so the changesets themselves are read here: each must name packages that are
// published, and nothing may stay unreleased without one.
import { spawnSync } from 'node:child_process';
import { bumpsOf, changesetFiles } from './changesets.mjs';
import { conclude, readJson, root, workspacePackages } from './workspace.mjs';

const { baseBranch } = readJson('.changeset/config.json');

const succeeds = (command, args, stdio) =>
  spawnSync(command, args, { cwd: root, stdio, shell: process.platform === 'win32' }).status === 0;
const sharesHistory = (ref) => succeeds('git', ['merge-base', 'HEAD', ref], 'ignore');

const published = workspacePackages().filter(({ manifest }) => !manifest.private);
const names = new Set(published.map(({ manifest }) => manifest.name));
const changesets = changesetFiles(root);

const problems = [];
const announced = new Set();
for (const file of changesets) {
  for (const [name, bump] of bumpsOf(root, file)) {
    announced.add(name);
    if (!names.has(name)) problems.push(`${file}: ${name} is not a published package`);
    if (!['patch', 'minor', 'major'].includes(bump)) problems.push(`${file}: ${bump} is no bump`);
  }
}
for (const { manifest } of published) {
  if (manifest.version !== '0.0.0' || announced.has(manifest.name)) continue;
  problems.push(`${manifest.name} has never been released and no changeset names it`);
}

const since = [`origin/${baseBranch}`, baseBranch, 'HEAD'].find(sharesHistory);
if (!since) problems.push('there is no commit to compare with: this check needs a git clone');
else if (!succeeds('changeset', ['status', `--since=${since}`], 'inherit')) {
  problems.push(`changeset status --since=${since} fails`);
}
conclude(`${changesets.length} changesets`, problems);
