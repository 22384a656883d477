/** The column of the report that the README shows. */
const SHOWN = '× floor, CPU';
const SECTION = /(?<=^## What it costs\n)[^]*?(?=^## )/m;

/** A row of the README: what was measured, whose it is, and the figure. */
const ROW = /^\| +([^|]+?) +\| +([^|]+?) +\| +([\d.]+) +\|$/gm;

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The figures of a report, by `what | whose`. */
function figuresOf(report: string): Map<string, string> {
  const figures = new Map<string, string>();
  let column = -1;
  for (const line of report.split('\n')) {
    const row = cells(line);
    if (row.includes(SHOWN)) column = row.indexOf(SHOWN);
    else if (row.length <= column) column = -1;
    else if (column > 0) figures.set(`${row[0]} | ${row[1]}`, row[column] ?? '');
  }
  return figures;
}

/** The rows of the README that no table of the report has, or that differ from it. */
export function wrongFigures(readme: string, report: string): string[] {
  const measured = figuresOf(report);
  const [section = ''] = SECTION.exec(readme) ?? [];
  const rows = [...section.matchAll(ROW)];
  if (rows.length === 0) return ['there are no figures'];
  return rows.flatMap(([, what, by, figure]) => {
    const newest = measured.get(`${what} | ${by}`);
    return newest === figure ? [] : [`${what} | ${by}: ${figure}, measured ${newest}`];
  });
}

/** The README with the figures of the report, as far as that has them. */
export function withFigures(readme: string, report: string): string {
  const measured = figuresOf(report);
  return readme.replace(SECTION, (section) =>
    section.replaceAll(ROW, (row, what: string, by: string, figure: string) => {
      const newest = measured.get(`${what} | ${by}`) ?? figure;
      return row.replace(/[\d.]+ +\|$/, `${newest} |`);
    }),
  );
}
