// Whether what a package exports loads, and its commands start.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';

const scripts = { import: 'import-exports.mjs', require: 'require-exports.mjs' };

const advice = [
  [/Cannot find package/, 'add it to the dependencies of package.json'],
  [/Cannot find module/, 'let "files" of package.json take it in'],
  [/ERR_REQUIRE_ASYNC_MODULE/, 'no module may use await at its top level'],
];

function problemOf(what, { status, stdout, stderr }) {
  if (status === 0 && stderr === '') return undefined;
  if (status === 0) return `${what} works, but prints: ${stderr.trim()}`;
  const reason = /^\w*Error\b.*/m.exec(stderr)?.[0] ?? stderr.trim() ?? stdout;
  const hint = advice.find(([pattern]) => pattern.test(stderr))?.[1];
  return `${what} fails: ${reason}${hint ? ` (${hint})` : ''}`;
}

/** Loads the exports of an installed package with a Node.js; gives the time of an import, and the problems. */
export async function checkLoading({ name, folder }, node) {
  const manifest = JSON.parse(
    readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'),
  );
  const specifiers = Object.keys(manifest.exports).map((entry) => `${name}${entry.slice(1)}`);
  const problems = [];
  let importMs;
  for (const [how, script] of Object.entries(scripts)) {
    copyFileSync(new URL(script, import.meta.url), join(folder, script));
    const ended = await run(node.path, [script, ...specifiers], { cwd: folder });
    problems.push(problemOf(`${how} on ${node.name}`, ended));
    importMs ??= Number(ended.stdout);
  }
  for (const [command, path] of Object.entries(manifest.bin ?? {})) {
    const script = join('node_modules', name, path);
    const ended = await run(node.path, [script, '--help'], { cwd: folder });
    problems.push(problemOf(`${command} --help on ${node.name}`, ended));
  }
  return { importMs, problems: problems.filter(Boolean) };
}
