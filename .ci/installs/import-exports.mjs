// Runs in a project that has one package: imports what the package exports, and tells how long its main entry took.

async function main() {
  let importMs;
  for (const specifier of process.argv.slice(2)) {
    const options = specifier.endsWith('.json') ? { with: { type: 'json' } } : undefined;
    const start = performance.now();
    const names = Object.keys(await import(specifier, options));
    importMs ??= performance.now() - start;
    if (names.length === 0) throw new Error(`${specifier} exports nothing`);
  }
  console.log(importMs);
}

void main();
