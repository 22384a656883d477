import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';

/** `client.files.list` → `files.list`; the name of each method that a README lists. */
export function listedMethods(readme: string): string[] {
  const section = readme.split('## Methods\n')[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `client\.([\w.]+)`/gm)].map(([, name = '']) => name);
}

/** Whether the official client has a method of this name. */
export function isOfficial(name: string): boolean {
  const client: unknown = new OpenAI({ apiKey: 'test-key' });
  const found = name
    .split('.')
    .reduce<unknown>(
      (part, step) => (part as Readonly<Record<string, unknown>> | undefined)?.[step],
      client,
    );
  return typeof found === 'function';
}

/** How often each method is called in a source, by either client. */
export function countCalls(source: string): Map<string, number> {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');
  const counts = new Map<string, number>();
  for (const [, path = ''] of code.matchAll(
    /\b(?:client|admin|(?:both|pair)\s*\.\s*(?:ours|theirs))((?:\s*\.\s*\w+)+)\s*(?:<[^()]*>)?\(/g,
  )) {
    const name = path.replaceAll(/\s/g, '').slice(1);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The methods that differential tests call, at least once with each client. */
export function comparedMethods(folder: string): Set<string> {
  const sources = readdirSync(folder)
    .filter((name) => /^openai-(?:.+-)?differential\.test\.ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const counts = countCalls(sources.join('\n'));
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}
