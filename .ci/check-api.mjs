// The API of every published package, held against its record, api.md: a change must be recorded, and announced by a
// changeset that is high enough. `--update` records what is built now. `--root=<folder>` checks another workspace.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  bumpSince,
  compareApis,
  formatRecord,
  readApi,
  readRecord,
  recordFile,
} from './api/record.mjs';
import { bumps, pendingBumps } from './changesets.mjs';
import { conclude, root as ownRoot, workspacePackages } from './workspace.mjs';

const { values: options } = parseArgs({
  options: { update: { type: 'boolean', default: false }, root: { type: 'string' } },
});
const root = resolve(options.root ?? ownRoot);
const pending = pendingBumps(root);

const howToRecord =
  'if that is meant, record it: npx -y pnpm@12 build && npx -y pnpm@12 exec node .ci/check-api.mjs --update';
const nothing = { entries: new Map(), names: [] };

function* problemsOf({ name, version }, api, record) {
  if (!record) yield `its API is not recorded; ${howToRecord}`;
  const changes = compareApis(record ?? nothing, api);
  if (record && !options.update) {
    for (const { kind, text } of changes) yield `${kind}: ${text}`;
    if (changes.length > 0) yield `its API is not what is recorded; ${howToRecord}`;
  }
  const bump = bumpSince(version, record, changes);
  const announced = pending.get(name) ?? 'none';
  if (bumps.indexOf(announced) >= bumps.indexOf(bump)) return;
  yield `the changes of its API since ${version} ask for a changeset of level ${bump}; those that wait are of level ${announced}`;
}

function update(path, { name, version }, api, record) {
  const bump = bumpSince(version, record, compareApis(record ?? nothing, api));
  writeFileSync(path, formatRecord(name, api, { version, bump }));
}

async function check({ folder, manifest }) {
  const place = join(root, folder);
  const path = join(place, recordFile);
  const api = await readApi(place, manifest);
  if (options.update) update(path, manifest, api, readRecord(place));
  return [...problemsOf(manifest, api, readRecord(place))];
}

async function checkAll() {
  const published = workspacePackages(root).filter(({ manifest }) => !manifest.private);
  const problems = [];
  for (const one of published) {
    try {
      problems.push(...(await check(one)).map((problem) => `${one.folder}: ${problem}`));
    } catch (error) {
      const hint = error.code === 'ENOENT' ? '; build first: npx -y pnpm@12 build' : '';
      problems.push(`${one.folder}: ${error.message}${hint}`);
    }
  }
  if (published.length === 0) problems.push('no package is published');
  conclude(`${published.length} APIs`, problems);
}

void checkAll();
