import type { PublishedPackage } from './published-packages.test.support.ts';

/** The first table below the heading; what is written about it may stand before and after. */
const TABLE = /(?<=\n## Packages\n[^|]*\n)(?:\|.*\n)+/;
const SIZE = /^([\d.]+) (KB|MB)$/;
const KB = 1024;

/** `15 KB`, `3.4 MB`: two digits, so that the table does not change with every edit. */
function size(bytes: number): string {
  const [amount, unit] = bytes < 1000 * KB ? [bytes / KB, 'KB'] : [bytes / KB / KB, 'MB'];
  return `${Number(amount.toPrecision(2))} ${unit}`;
}

function brought({ siblings, thirdParties }: PublishedPackage): string {
  const ours = siblings === 0 ? [] : [`${siblings} of ours`];
  const [first, ...others] = thirdParties;
  if (first === undefined) return ours.join() || 'nothing';
  const theirs =
    others.length > 3 ? `${first} and ${others.length} more` : thirdParties.toSorted().join(', ');
  return [...ours, theirs].join('; ');
}

/** A row by its cells. */
function row(one: PublishedPackage): string[] {
  return [
    `[\`${one.name}\`](packages/${one.folder})`,
    one.description,
    size(one.packedBytes),
    size(one.installedBytes),
    brought(one),
  ];
}

function readRows(readme: string): string[][] {
  const [table = ''] = TABLE.exec(readme) ?? [];
  return table
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function bytesOf(text: string): number {
  const [, amount = '', unit] = SIZE.exec(text) ?? [];
  return Number(amount) * (unit === 'MB' ? KB * KB : KB);
}

/** Sizes may differ by a tenth: a word in a README or a patch below changes them. */
function isSame(stated: string, found: string): boolean {
  if (!SIZE.test(found)) return stated === found;
  if (!SIZE.test(stated)) return false;
  return Math.abs(bytesOf(stated) - bytesOf(found)) <= Math.max(bytesOf(found) / 10, KB);
}

/** What the table says that is not so: nothing, or a line for each row. */
export function wrongRows(readme: string, packages: readonly PublishedPackage[]): string[] {
  const stated = readRows(readme);
  const expected = packages.map(row);
  const wrong = expected.flatMap((cells, at) => {
    const isRight = cells.every((cell, column) => isSame(stated[at]?.[column] ?? '', cell));
    return isRight
      ? []
      : [`expected ${cells.join(' | ')}, the README has ${stated[at]?.join(' | ')}`];
  });
  const surplus = stated.slice(expected.length).map((cells) => `no such package: ${cells[0]}`);
  return [...wrong, ...surplus];
}

/** The README with the table as it should be; `oxfmt` aligns the columns afterwards. */
export function withTable(readme: string, packages: readonly PublishedPackage[]): string {
  const head = ['package', 'what it is for', 'packed', 'installed', 'brings'];
  const rows = [head, head.map(() => '-'), ...packages.map(row)];
  const table = rows.map((cells) => `|${cells.join('|')}|\n`).join('');
  return readme.replace(TABLE, () => table);
}
