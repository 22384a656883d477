import { ConfigurationError } from '@integrations/errors';
import * as fc from 'fast-check';
import { stringify } from 'smol-toml';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig } from '../config.ts';
import { temporaryFolder } from './temporary-folder.test.support.ts';
import { fromToml } from './toml-source.ts';

/** Pieces that a parser may stumble over. */
const FRAGMENTS = [
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  '=',
  '.',
  ',',
  '"',
  "'",
  '"""',
  "'''",
  '\\',
  '\\u',
  '\\uD800',
  '#',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\0',
  '\uFEFF',
  'a',
  'b',
  'api_key',
  '__proto__',
  'constructor',
  'prototype',
  'true',
  'inf',
  'nan',
  '-',
  '+',
  '_',
  '0x',
  '1',
  '1e9999',
  '9007199254740993',
  '1979-05-27',
  'T',
  ':',
  '07:32:00',
  '99:99:99',
  'Z',
  'ключ',
  '🔑',
  'secret = "hush"',
];

const soup = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
const bytes = fc.uint8Array({ maxLength: 60 });
const KEYS = [
  'a',
  'b',
  'a.b',
  'api_key',
  'constructor',
  '__proto__',
  'a.__proto__',
  'prototype',
  '',
];

it('gives values or a ConfigurationError for any content, and pollutes nothing', () => {
  using folder = temporaryFolder();
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  fc.assert(
    fc.property(fc.oneof(soup, bytes), fc.constantFrom(...KEYS), (content, key) => {
      const config = createConfig([fromToml(folder.write('fuzz.toml', content))]);
      try {
        config.get(key, z.any());
        config.getString(key);
        config.getSecret(key);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        expect((error as Error).message).not.toContain('hush');
      }
      expect(JSON.stringify(config.describe())).not.toContain('hush');
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(inherited);
    }),
    { numRuns: 2000 },
  );
});

it('reads back every document that can be written', () => {
  using folder = temporaryFolder();
  const name = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((text) => !['__proto__', 'constructor'].includes(text));
  const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.maxSafeInteger());
  const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(leaf, { maxLength: 3 }), tie('table')),
    table: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(table, (document) => {
      const path = folder.write('written.toml', stringify(document));
      const keys = Object.keys(document);
      const mapping = Object.fromEntries(keys.map((key) => [key, { path: [key] }]));
      const config = createConfig([fromToml(path, { mapping })]);
      for (const key of keys) expect(config.get(key, z.any())).toEqual(document[key]);
    }),
    { numRuns: 300 },
  );
});
