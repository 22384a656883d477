import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `createSimulator`, `ManualClock`: a name that can only come from code. */
const NAME = /\b(?:[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)\b/g;

/** Where names of other libraries stand beside ours. */
const GUIDES = /^## Coming from .*?(?=^## |$(?![^]))/gms;

const SOURCES = [
  'packages/*/src/**/*.ts',
  'packages/*/package.json',
  'package.json',
  'pnpm-workspace.yaml',
  'turbo.json',
];

/** Every word in the sources and in what says how they are built. */
export function wordsOfSources(repository: string): Set<string> {
  const sources = globSync(SOURCES, { cwd: repository });
  const words = new Set<string>();
  for (const source of sources) {
    if (source.includes('.test.')) continue;
    const text = readFileSync(join(repository, source), 'utf8');
    for (const [word] of text.matchAll(/\w+/g)) words.add(word);
  }
  return words;
}

/** Names that a document shows as code, outside of snippets, and that no source has. */
export function unknownNames(document: string, words: ReadonlySet<string>): string[] {
  const prose = document.replaceAll(/^```.*?^```$/gms, '').replaceAll(GUIDES, '');
  const names = [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(
    ([, code = '']) => code.match(NAME) ?? [],
  );
  return [...new Set(names)].filter((name) => !words.has(name));
}
