const EXAMPLES: ReadonlyMap<string, () => Promise<unknown>> = new Map([
  ['chat-server', () => import('./chat-server.ts')],
  ['bulk-embedding', () => import('./bulk-embedding.ts')],
  ['structured-extraction', () => import('./structured-extraction.ts')],
  ['tool-agent', () => import('./tool-agent.ts')],
  ['batch-webhook', () => import('./batch-webhook.ts')],
  ['shared-limiter', () => import('./shared-limiter.ts')],
  ['own-parts', () => import('./own-parts.ts')],
]);

// What is left are the example's own arguments.
const [name = ''] = process.argv.splice(2, 1);
const example = EXAMPLES.get(name);
if (example === undefined) {
  const names = [...EXAMPLES.keys()].join(', ');
  console.error(`There is no example ${JSON.stringify(name)}; there are ${names}.`);
  process.exitCode = 2;
} else {
  await example();
}
