import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A TypeScript block of a README. */
export interface Snippet {
  /** The README's path below the repository. */
  readonly readme: string;
  /** Counts the README's snippets from 1. */
  readonly number: number;
  readonly code: string;
}

const BLOCK = /^```ts\n(.*?)^```$/gms;

/** Every TypeScript snippet of every README below the repository. */
export function readSnippets(repository: string): Snippet[] {
  const readmes = [
    'README.md',
    ...globSync('packages/*/README.md', { cwd: repository }).toSorted(),
  ];
  return readmes.flatMap((readme) => {
    const text = readFileSync(join(repository, readme), 'utf8');
    return [...text.matchAll(BLOCK)].map(([, code = ''], index) => ({
      readme,
      number: index + 1,
      code,
    }));
  });
}
