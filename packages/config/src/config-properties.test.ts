import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig } from './config.ts';
import { fromEnv } from './env-source.ts';
import { fromFunction } from './function-source.ts';
import { fromObject } from './object-source.ts';
import type { ConfigSource } from './source.ts';

const KEYS = ['a', 'b', 'c', 'constructor', '__proto__', 'hasOwnProperty'] as const;

type Layer = ReadonlyMap<string, string>;

/** Each kind of source over the same values. */
const KINDS: Readonly<Record<string, (layer: Layer, name: string) => ConfigSource>> = {
  object: (layer, name) => fromObject(Object.fromEntries(layer), { name }),
  function: (layer, name) => fromFunction((key) => layer.get(key), { name }),
  environment: (layer, name) =>
    fromEnv({
      env: Object.fromEntries([...layer].map(([key, value]) => [`${name}_${key}`, value])),
      mapping: Object.fromEntries(KEYS.map((key) => [key, `${name}_${key}`])),
    }),
};

const text = fc.oneof(fc.constantFrom('', ' ', 'x', '\t\n'), fc.string());
const layers = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(KINDS)),
    values: fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), text), { selector: ([key]) => key }),
  }),
  { maxLength: 6 },
);

/** What layering means, said as simply as can be. */
function expected(all: readonly { kind: string; values: [string, string][] }[], key: string) {
  for (const [index, { kind, values }] of all.entries()) {
    for (const [name, value] of values) {
      if (name !== key) continue;
      if (kind === 'environment' && value.trim() === '') continue;
      const place = `L${index}`;
      return {
        value,
        origin: kind === 'environment' ? `environment variable ${place}_${key}` : place,
      };
    }
  }
  return undefined;
}

it('gives what the first layer with a key has, whatever kinds the layers are of', () => {
  fc.assert(
    fc.property(layers, fc.constantFrom(...KEYS, 'never'), (all, key) => {
      const sources = all.map(({ kind, values }, index) =>
        KINDS[kind]?.(new Map(values), `L${index}`),
      );
      const config = createConfig(sources.filter((source) => source !== undefined));
      const answer = expected(all, key);
      expect(config.getString(key)).toBe(answer?.value);
      expect(config.get(key, z.string())).toBe(answer?.value);
      expect(config.origin(key)).toBe(answer?.origin);
    }),
    { numRuns: 500 },
  );
});

it('describes exactly what it would give', () => {
  fc.assert(
    fc.property(layers, (all) => {
      const sources = all.map(({ kind, values }, index) =>
        KINDS[kind === 'function' ? 'object' : kind]?.(new Map(values), `L${index}`),
      );
      const config = createConfig(sources.filter((source) => source !== undefined));
      const report = config.describe();
      expect(report.problems).toEqual([]);
      expect(report.settings.map(({ key, origin }) => [key, origin])).toEqual(
        KEYS.toSorted()
          .filter((key) => config.origin(key) !== undefined)
          .map((key) => [key, config.origin(key)]),
      );
    }),
  );
});
