// Whether the types of a package compile in a project of a user, with its declarations themselves checked.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';
import { belongsIn, surroundings } from './surroundings.mjs';

function writeSources(name, folder) {
  const { exports } = JSON.parse(
    readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'),
  );
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));
  const write = (file, importOf) => {
    const imports = entries.map((entry, index) =>
      importOf(`entry${index}`, `${name}${entry.slice(1)}`),
    );
    const names = entries.map((_, index) => `entry${index}`).join(', ');
    writeFileSync(join(folder, file), [...imports, `export const used = [${names}];`].join('\n'));
  };
  write('imports.mts', (local, specifier) => `import * as ${local} from '${specifier}';`);
  write('requires.cts', (local, specifier) => `import ${local} = require('${specifier}');`);
}

/** Compiles a project that imports everything from an installed package; gives the problems. */
export async function checkTypes({ name, folder }, { typescript, node, places }) {
  writeSources(name, folder);
  const problems = [];
  for (const place of places.filter((one) => belongsIn(one, name))) {
    const compilerOptions = {
      ...surroundings[place],
      typeRoots: typescript.typeRoots,
      target: 'es2023',
      strict: true,
      skipLibCheck: false,
      noEmit: true,
    };
    const files = place === 'nodenext' ? ['imports.mts', 'requires.cts'] : ['imports.mts'];
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    const { status, stdout, stderr } = await run(
      node.path,
      [typescript.path, '--pretty', 'false'],
      { cwd: folder },
    );
    if (status === 0) continue;
    const errors = `${stdout}${stderr}`.trim().split('\n').slice(0, 3).join('\n');
    problems.push(
      `the types do not compile with ${typescript.name} (${place}): a user without skipLibCheck sees\n${errors}`,
    );
  }
  return problems;
}
