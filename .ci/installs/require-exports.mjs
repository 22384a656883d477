// Runs in a project that has one package: requires what the package exports. An import must then give the same module,
// or `instanceof` fails between the two.
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

async function main() {
  for (const specifier of process.argv.slice(2)) {
    const required = load(specifier);
    if (specifier.endsWith('.json')) continue;
    if ((await import(specifier)) !== required) throw new Error(`${specifier} is loaded twice`);
  }
}

void main();
