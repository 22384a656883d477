import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const IMPORT = /^(?:import|export)\s[^;]*?from '([^']+)';/gm;
const TYPE_IMPORT = /^(?:import|export) type\s[^;]*?from '([^']+)';/gm;

/** Everything that a file imports when it runs, and what those import. */
function imports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(TYPE_IMPORT, '');
  for (const [, target = ''] of source.matchAll(IMPORT)) {
    if (target.startsWith('./')) imports(target, seen);
    else seen.add(target);
  }
  return seen;
}

describe('what browsers import', () => {
  it.each([
    './fetch-transport.ts',
    './server-sent-events.ts',
    './path.ts',
    './multipart.ts',
    './form-parts.ts',
    './build-url.ts',
    './request-headers.ts',
    './network-error.ts',
  ])('%s needs neither Node.js nor undici', (file) => {
    const outside = [...imports(file)].filter((name) => !name.startsWith('./'));
    expect(outside.filter((name) => !name.startsWith('@integrations/'))).toEqual([]);
    for (const name of [...imports(file)].filter((other) => other.startsWith('./'))) {
      const source = readFileSync(new URL(name, import.meta.url), 'utf8');
      expect(source).not.toMatch(/\b(?:Buffer|process|setTimeout|setImmediate)\b/);
    }
  });

  it('is told apart from what does', () => {
    expect([...imports('./connection-pool.ts')]).toContain('undici');
  });
});
