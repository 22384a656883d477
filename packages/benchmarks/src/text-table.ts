/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A row holds a cell for each column. */
type Cells = readonly string[];

/** What stands between two groups of rows. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Cells[];
}

function padded(text: string, width: number, align: Column['align']): string {
  return align === 'left' ? text.padEnd(width) : text.padStart(width);
}

/** Columns in line, for a terminal. */
export function textTable(columns: readonly Column[], sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: Cells): string =>
    columns
      .map(({ align }, index) => padded(cells[index] ?? '', widths[index] ?? 0, align))
      .join('  ')
      .trimEnd();
  const head = line(columns.map(({ title }) => title));
  const bodies = sections.map(({ title, rows: own }) => ['', title, ...own.map(line)].join('\n'));
  return [head, ...bodies].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}

/** One Markdown table for each section. */
export function markdownTables(columns: readonly Column[], sections: readonly Section[]): string {
  const line = (cells: Cells): string => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = line(columns.map(({ align }) => (align === 'left' ? '---' : '---:')));
  return sections
    .map(({ title, rows }) => {
      const head = line(columns.map((column, index) => (index === 0 ? title : column.title)));
      return [head, rule, ...rows.map(line)].join('\n');
    })
    .join('\n\n');
}
