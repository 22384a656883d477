import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenLinks, documents } from './document-links.test.support.ts';
import { unknownNames, wordsOfSources } from './document-names.test.support.ts';

const repository = join(import.meta.dirname, '../../..');
const words = wordsOfSources(repository);

describe.each(documents(repository))('%s', (document) => {
  it('links to what is there', () => {
    expect(brokenLinks(repository, document)).toEqual([]);
  });

  it('names what the code has', () => {
    const text = readFileSync(join(repository, document), 'utf8');
    expect(unknownNames(text, words)).toEqual([]);
  });
});

describe('the check of links', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'documents-'));
    mkdirSync(join(folder, 'part'));
    writeFileSync(join(folder, 'part/README.md'), '# Part\n\n## What `it` does, not\n');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.for<[string, string[]]>([
    ['[a](part) and [b](https://example.test/none)', []],
    ['[a](part#what-it-does-not)', []],
    ['[a](part#what-it-does)', ['part#what-it-does']],
    ['[a](none.md)', ['none.md']],
    ['[a](#title)\n\n# Title', []],
    ['[a](#other)\n\n# Title', ['#other']],
    ['```\n[a](none.md)\n```', []],
  ])('finds in %j: %j', ([text, broken]) => {
    writeFileSync(join(folder, 'README.md'), `${text}\n`);
    expect(brokenLinks(folder, 'README.md')).toEqual(broken);
  });
});

describe('the check of names', () => {
  const known = new Set(['createLedger', 'ManualClock']);

  it.for<[string, string[]]>([
    ['`createLedger()` takes a `ManualClock`, `JSON` and `words`', []],
    ['`createJournal({ entry })`', ['createJournal']],
    ['createJournal, which is no code', []],
    ['## Coming from `other`\n\n`otherName`\n\n## Next\n\n`newName`', ['newName']],
  ])('finds in %j: %j', ([text, unknown]) => {
    expect(unknownNames(`${text}\n`, known)).toEqual(unknown);
  });
});
