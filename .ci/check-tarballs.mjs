// What a user gets: packs every published package and looks into the tarball.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conclude, root, workspacePackages } from './workspace.mjs';

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

function* problemsOf({ folder, manifest }) {
  const { filename, files } = pack(folder);
  const paths = files.map((file) => file.path);
  for (const path of required) if (!paths.includes(path)) yield `the tarball has no ${path}`;
  for (const path of paths) if (unwanted.test(path)) yield `the tarball holds ${path}`;
  for (const path of paths.filter((one) => one.endsWith('.js') && one.startsWith('dist/'))) {
    // tsc leaves the output of a deleted source behind.
    const source = path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
    if (!existsSync(join(root, folder, source))) {
      yield `${path} has no source ${source}: remove dist and build again`;
    }
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
