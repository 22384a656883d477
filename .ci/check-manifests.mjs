// What `turbo boundaries` cannot say: which kind of dependency may carry an arrow, and that each package stands on a
// floor at all. Also the manifest fields that every published package shares.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { conclude, readJson, root, workspacePackages } from './workspace.mjs';

const scope = '@integrations/';
const runtimeFields = ['dependencies', 'optionalDependencies', 'peerDependencies'];
const privateTags = ['benchmark', 'contract', 'example'];

const { tags: knownTags } = readJson('turbo.json').boundaries;

const packages = workspacePackages().map(({ folder, manifest }) => {
  const turboPath = `${folder}/turbo.json`;
  return {
    folder,
    manifest,
    tags: existsSync(join(root, turboPath)) ? (readJson(turboPath).tags ?? []) : [],
  };
});
const tagOf = new Map(packages.map(({ manifest, tags }) => [manifest.name, tags[0]]));

const sharedFields = {
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=22.19' },
  publishConfig: { access: 'public' },
};

/** The names of this workspace that a manifest mentions, with the field that does. */
function arrows(manifest) {
  return [...runtimeFields, 'devDependencies'].flatMap((field) =>
    Object.entries(manifest[field] ?? {})
      .filter(([name]) => name.startsWith(scope))
      .map(([name, range]) => ({ field, name, range })),
  );
}

function* problemsOf({ folder, manifest, tags }) {
  const [tag] = tags;
  const name = folder.replace('packages/', scope);
  if (manifest.name !== name) yield `is named ${manifest.name}; expected ${name}`;
  if (tags.length !== 1 || !(tag in knownTags)) {
    yield `needs exactly one tag in its turbo.json, out of: ${Object.keys(knownTags).join(', ')}`;
  }
  if (Boolean(manifest.private) !== privateTags.includes(tag)) {
    yield `is ${manifest.private ? 'private' : 'published'}, which its tag ${tag} must not be`;
  }

  for (const { field, name, range } of arrows(manifest)) {
    if (!range.startsWith('workspace:'))
      yield `${field}: ${name} must be taken from the workspace, not ${range}`;
    if (manifest.private || field === 'devDependencies') continue;
    if (tagOf.get(name) === 'test-double')
      yield `${field}: ${name} is a test double, so a dev dependency only`;
    // turbo does not follow peer dependencies, so an upward one would go unseen.
    if (field === 'peerDependencies') yield `${field}: ${name} must be a plain dependency`;
  }

  if (tag === 'floor-0') {
    for (const field of runtimeFields) {
      if (Object.keys(manifest[field] ?? {}).length > 0)
        yield `${field}: floor 0 depends on nothing at all`;
    }
  }
  for (const script of ['build', 'test']) {
    if (!manifest.scripts?.[script]) yield `scripts must have ${script}`;
  }
  if (manifest.private) return;

  for (const [field, value] of Object.entries(sharedFields)) {
    if (!isDeepStrictEqual(manifest[field], value))
      yield `${field} must be ${JSON.stringify(value)}`;
  }
  if (!manifest.exports?.['./package.json']) yield 'exports must offer ./package.json';
  for (const entry of ['dist', '!dist/**/*.test.*', '!dist/.tsbuildinfo']) {
    if (!manifest.files?.includes(entry)) yield `files must hold ${entry}`;
  }
  if (!manifest.scripts?.['check:package']) yield 'scripts must have check:package';
}

const problems = packages.flatMap((one) =>
  [...problemsOf(one)].map((problem) => `${one.folder}: ${problem}`),
);
if (packages.length === 0) problems.push('there are no packages');
conclude(`${packages.length} manifests`, problems);
