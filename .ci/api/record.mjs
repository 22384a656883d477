// The record of a package's API: `api.md` beside its manifest. Reviewers read it, and the check compares with it.
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { higherBump } from '../changesets.mjs';
import { compareDeclarations } from './compare-declarations.mjs';
import { declaredApi } from './declared-api.mjs';
import { reportedNames } from './reported-names.mjs';

export const recordFile = 'api.md';

/** Each entry of a manifest by the name that users import it by, and its declarations. */
const entriesOf = ({ name, exports }) =>
  Object.entries(exports)
    .filter(([, target]) => target.types)
    .map(([path, { types }]) => [name + path.slice(1), types]);

/** The API of a package as it is built now. */
export async function readApi(folder, manifest) {
  const entries = entriesOf(manifest).map(([entry, types]) => [
    entry,
    declaredApi(join(folder, types)),
  ]);
  return { entries: new Map(entries), names: await reportedNames(folder, manifest) };
}

/** The record as text. `bump` is what the changes since the release `version` ask for. */
export function formatRecord(name, { entries, names }, { version, bump }) {
  const blocks = [...entries].map(([entry, code]) => `## ${entry}\n\n\`\`\`ts\n${code}\n\`\`\`\n`);
  if (names.length > 0) blocks.push(`## Names\n\n\`\`\`text\n${names.join('\n')}\n\`\`\`\n`);
  return [
    `# The public API of ${name}`,
    `Written by \`node .ci/check-api.mjs --update\`, not by hand. Everything here is a promise to users.`,
    `Changes since ${version} ask for: ${bump}.`,
    ...blocks,
  ]
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}

/** The record of a package; undefined where there is none yet. */
export function readRecord(folder) {
  const path = join(folder, recordFile);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const [, version, bump] = /^Changes since (\S+) ask for: (\w+)\.$/m.exec(text) ?? [];
  if (!version)
    throw new Error(`${path} does not say what its changes ask for: write it anew with --update`);
  const blocks = [...text.matchAll(/^## (\S+)\n\n```\w+\n(.*?)\n?```$/gms)];
  const entries = new Map(blocks.map(([, heading, content]) => [heading, content]));
  const names = entries.get('Names')?.split('\n') ?? [];
  entries.delete('Names');
  return { version, bump, entries, names };
}

const onlyIn = (names, others) => names.filter((name) => !others.includes(name));

/** Every change between two APIs, as `{ kind, text }`. */
export function compareApis(before, after) {
  const [old, now] = [before, after].map(({ entries }) => [...entries.keys()]);
  return [
    ...onlyIn(old, now).map((entry) => ({ kind: 'breaking', text: `${entry} is gone` })),
    ...onlyIn(now, old).map((entry) => ({ kind: 'addition', text: `${entry} is new` })),
    ...now
      .filter((entry) => before.entries.has(entry))
      .flatMap((entry) => compareDeclarations(before.entries.get(entry), after.entries.get(entry))),
    ...onlyIn(before.names, after.names).map((name) => ({
      kind: 'breaking',
      text: `${name} is gone`,
    })),
    ...onlyIn(after.names, before.names).map((name) => ({
      kind: 'addition',
      text: `${name} is new`,
    })),
  ];
}

/** The bump that a change asks for. Before 1.0, a minor may break. */
function bumpFor(kind, version) {
  if (kind === 'form') return 'patch';
  return kind === 'breaking' && !version.startsWith('0.') ? 'major' : 'minor';
}

/** The bump that all changes since the release ask for: those that are recorded, and those that are not yet. */
export function bumpSince(version, record, changes) {
  const recorded = record?.version === version ? record.bump : 'none';
  return changes.map(({ kind }) => bumpFor(kind, version)).reduce(higherBump, recorded);
}
