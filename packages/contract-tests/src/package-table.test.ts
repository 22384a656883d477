import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { withTable, wrongRows } from './package-table.test.support.ts';
import { type PublishedPackage, publishedPackages } from './published-packages.test.support.ts';

const repository = join(import.meta.dirname, '../../..');

describe('the table of packages in the README', () => {
  it('names every package, how large it is and what it brings', () => {
    const readme = join(repository, 'README.md');
    const packages = publishedPackages(repository);
    if (env['UPDATE_README'] !== undefined) {
      writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), packages));
    }
    const wrong = wrongRows(readFileSync(readme, 'utf8'), packages);
    expect(wrong, 'To write the table: UPDATE_README=1, then oxfmt README.md').toEqual([]);
  });

  it('is measured at what is there', () => {
    const packages = publishedPackages(repository);
    const retry = packages.find(({ folder }) => folder === 'retry');
    expect(retry).toMatchObject({ siblings: 2, thirdParties: [] });
    expect(packages.find(({ folder }) => folder === 'openai')?.thirdParties).toContain('undici');
    for (const { packedBytes, installedBytes } of packages) {
      expect(packedBytes).toBeGreaterThan(1000);
      expect(installedBytes).toBeGreaterThan(packedBytes);
    }
  });
});

describe('the check of the table', () => {
  const ledger: PublishedPackage = {
    folder: 'ledger',
    name: '@integrations/ledger',
    description: 'Keeps entries.',
    packedBytes: 20_480,
    installedBytes: 2_097_152,
    siblings: 1,
    thirdParties: ['abacus'],
  };
  const readme = withTable('# Title\n\n## Packages\n\n| old |\n\nMore.\n', [ledger]);

  it('is content with what it wrote', () => {
    expect(readme).toContain('|20 KB|2 MB|1 of ours; abacus|');
    expect(readme).toMatch(/\n\nMore\.\n$/);
    expect(wrongRows(readme, [ledger])).toEqual([]);
  });

  it.for<[string, Partial<PublishedPackage>]>([
    ['grew', { packedBytes: 25_000 }],
    ['brings more on the disk', { installedBytes: 2_500_000 }],
    ['depends on one more', { thirdParties: ['abacus', 'beads'] }],
    ['is told of in other words', { description: 'Keeps all entries.' }],
  ])('notices a package that %s', ([, change]) => {
    expect(wrongRows(readme, [{ ...ledger, ...change }])).toHaveLength(1);
  });

  it('bears small changes of size', () => {
    expect(wrongRows(readme, [{ ...ledger, packedBytes: 21_000 }])).toEqual([]);
  });

  it('notices a package that is missing, and one that is no more', () => {
    expect(wrongRows(readme, [ledger, { ...ledger, name: '@integrations/other' }])).toHaveLength(1);
    expect(wrongRows(readme, [])).toEqual([
      'no such package: [`@integrations/ledger`](packages/ledger)',
    ]);
  });
});
