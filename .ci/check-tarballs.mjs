// What a user gets: packs every published package and looks into the tarball.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { conclude, entryScripts, root, workspacePackages } from './workspace.mjs';

const required = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'];
const unwanted = /\.test\.|\.test-d\.|\.tsbuildinfo$|^src\/|^\.|__fixtures__/;

const destination = mkdtempSync(join(tmpdir(), 'tarballs-'));

function pack(folder) {
  const output = execFileSync('pnpm', ['pack', '--json', '--pack-destination', destination], {
    cwd: join(root, folder),
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

/** Every JavaScript file that an entry of the manifest is or imports. */
function filesLoadedBy(folder, manifest) {
  const found = new Set(entryScripts(manifest));
  for (const path of found) {
    const code = readFileSync(join(root, folder, path), 'utf8');
    for (const [, target] of code.matchAll(/\b(?:from|import) ?\(?"(\.[^"]+\.js)"/g)) {
      found.add(posix.join(posix.dirname(path), target));
    }
  }
  return found;
}

function* problemsOf({ folder, manifest }) {
  const { filename, files } = pack(folder);
  const paths = files.map((file) => file.path);
  for (const path of required) if (!paths.includes(path)) yield `the tarball has no ${path}`;
  for (const path of paths) if (unwanted.test(path)) yield `the tarball holds ${path}`;
  const loadable = filesLoadedBy(folder, manifest);
  for (const path of paths.filter((one) => one.endsWith('.js') && !loadable.has(one))) {
    yield `nothing loads ${path}: remove dist and build again`;
  }
  for (const path of Object.values(manifest.bin ?? {})) {
    if (!paths.includes(path.replace(/^\.\//, ''))) yield `the tarball lacks the command ${path}`;
  }
  const packed = execFileSync('tar', ['-xzOf', filename, 'package/package.json'], {
    encoding: 'utf8',
  });
  if (packed.includes('"workspace:')) yield 'the packed manifest still says workspace:';
}

const published = workspacePackages().filter(({ manifest }) => !manifest.private);
const problems = [];
try {
  for (const one of published) {
    problems.push(...[...problemsOf(one)].map((problem) => `${one.folder}: ${problem}`));
  }
} finally {
  rmSync(destination, { recursive: true, force: true });
}
if (published.length === 0) problems.push('no package is published');
conclude(`${published.length} tarballs`, problems);
