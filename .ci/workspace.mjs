// What the checks know of the workspace.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const readJsonAt = (path) => JSON.parse(readFileSync(path, 'utf8'));
export const readJson = (path) => readJsonAt(join(root, path));

/** Every package, with its folder (relative to the root) and its manifest. */
export function workspacePackages(at = root) {
  return readdirSync(join(at, 'packages'), { withFileTypes: true })
    .map((entry) => `packages/${entry.name}`)
    .filter((folder) => existsSync(join(at, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readJsonAt(join(at, folder, 'package.json')) }));
}

/** The JavaScript files that a manifest names, under every condition: `dist/index.js`. */
export function entryScripts({ exports, bin = {} }) {
  const targetsOf = (value) =>
    typeof value === 'string' ? [value] : Object.values(value).flatMap(targetsOf);
  const scripts = targetsOf([exports, bin]).filter((path) => path.endsWith('.js'));
  return [...new Set(scripts.map((path) => path.replace(/^\.\//, '')))];
}

/** Prints the problems of a check and ends the process: 0 when there are none. */
export function conclude(subject, problems) {
  for (const problem of problems) console.error(problem);
  console.log(`${subject} checked, ${problems.length} problems`);
  process.exit(problems.length > 0 ? 1 : 0);
}
