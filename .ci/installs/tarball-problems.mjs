// What a tarball must hold, and what not.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { entryScripts } from '../workspace.mjs';

const required = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'];
const unwanted = /\.test\.|\.test-d\.|\.tsbuildinfo$|^src\/|^\.|__fixtures__/;

/** What a script imports, `import()` included. Lines of documentation show imports as well. */
function importsOf(code) {
  const found = [
    ...code.matchAll(/^(?:import|export)\b(?:[^"'`(]*\bfrom)? ?"([^"]+)"/gm),
    ...code.matchAll(/^(?!\s*(?:\*|\/\/)).*?\bimport\("([^"]+)"\)/gm),
  ];
  return found.map(([, specifier]) => specifier);
}

/** Every script that an entry of the manifest is or imports, with what it imports. */
function scriptsLoadedBy(folder, manifest) {
  const found = new Map();
  const paths = new Set(entryScripts(manifest));
  for (const path of paths) {
    const imports = importsOf(readFileSync(join(folder, path), 'utf8'));
    found.set(path, imports);
    for (const specifier of imports.filter((one) => one.startsWith('.'))) {
      paths.add(posix.join(posix.dirname(path), specifier));
    }
  }
  return found;
}

function* undeclaredImports(scripts, { name, dependencies, peerDependencies }) {
  const declared = new Set([name, ...Object.keys({ ...dependencies, ...peerDependencies })]);
  for (const [path, imports] of scripts) {
    for (const specifier of imports) {
      if (specifier.startsWith('.') || isBuiltin(specifier)) continue;
      const wanted = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      if (!declared.has(wanted)) yield `${path} imports ${wanted}: add it to dependencies`;
    }
  }
}

/** The problems of the tarball of a package in a folder. */
export function* tarballProblems(folder, manifest, { file, paths }) {
  for (const path of required) if (!paths.includes(path)) yield `the tarball has no ${path}`;
  for (const path of paths) if (unwanted.test(path)) yield `the tarball holds ${path}`;
  const scripts = scriptsLoadedBy(folder, manifest);
  for (const path of paths.filter((one) => one.endsWith('.js') && !scripts.has(one))) {
    yield `nothing loads ${path}: remove dist and build again`;
  }
  for (const path of scripts.keys()) {
    if (!paths.includes(path))
      yield `the tarball lacks ${path}: let "files" of package.json take it in`;
  }
  yield* undeclaredImports(scripts, manifest);
  const packed = execFileSync('tar', ['-xzOf', file, 'package/package.json'], { encoding: 'utf8' });
  if (packed.includes('"workspace:')) yield 'the packed manifest still says workspace:';
}
