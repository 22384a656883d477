// Writes the JavaScript of the package in the working directory: one file for each entry of its manifest, and what
// several of them share. A client and the packages below it are some 500 modules. To find, read and link them one by
// one takes Node.js as long as to load undici, whatever is in them. tsc writes the declarations, a file for each
// source: nothing loads them.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { entryScripts } from './workspace.mjs';

const dist = 'dist';

/** Output files, without folder and ending, and the source of each. */
function entries() {
  const scripts = entryScripts(JSON.parse(readFileSync('package.json', 'utf8')));
  const names = scripts.map((path) => path.slice(`${dist}/`.length, -'.js'.length));
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
}

/**
 * Calls that make a constant and do nothing else: the validation of a request, a style of pages, an encoder. Bundlers
 * of users that are told so leave them out with what uses them. They heed `@__NO_SIDE_EFFECTS__` at a function within
 * its package only.
 */
const PURE_CALLS =
  /(?<!function )\b(?:validateWith|classifierEndpoint|byPageNumber)(?:<[^()]*>)?\(|(?<== )(?:new Text(?:En|De)coder\(|Object\.freeze\()/g;

const markPureCalls = {
  name: 'mark-pure-calls',
  transform: (code) => code.replaceAll(PURE_CALLS, '/* @__PURE__ */ $&'),
};

async function bundle() {
  const build = await rolldown({
    input: entries(),
    // Other packages stay imports. What the compiled code itself needs, such as for `using`, is taken in.
    external: /^(?!@oxc-project\/runtime\/)[^./\0]/,
    platform: 'neutral',
    plugins: [markPureCalls],
    transform: { target: 'es2023' },
    treeshake: { moduleSideEffects: 'no-external' },
  });
  const { output } = await build.write({ dir: dist, chunkFileNames: '[name].js' });
  await build.close();
  return output;
}

function refuseRenamedClasses(output) {
  for (const { fileName, code } of output) {
    // Logs and stack traces show the names of classes.
    const renamed = /(\w+)\$\d+ = class\b/.exec(code)?.[1];
    if (renamed) throw new Error(`${fileName} holds two classes ${renamed}: rename one`);
  }
}

function removeOtherScripts(output) {
  const written = new Set(output.map(({ fileName }) => join(dist, fileName)));
  for (const file of readdirSync(dist, { recursive: true })) {
    const path = join(dist, file);
    if (path.endsWith('.js') && !written.has(path)) rmSync(path);
  }
}

async function main() {
  const output = await bundle();
  refuseRenamedClasses(output);
  removeOtherScripts(output);
}

void main();
