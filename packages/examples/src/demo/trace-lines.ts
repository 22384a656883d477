import type { SpanStatus } from '@integrations/types';
import { MARGIN } from './live-view.ts';
import type { Palette } from './palette.ts';
import type { SpanNode } from './span-tree.ts';
import { printable, textWidth } from './text-width.ts';
import { type TraceRow, traceRows } from './trace-rows.ts';
import { wrapped } from './word-wrap.ts';

/** How wide the columns of the table are. */
interface Widths {
  readonly name: number;
  readonly start: number;
  readonly duration: number;
  readonly details: number;
}

const GAP = '  ';
const START = 'start';
const DURATION = 'ms';
/** Narrower, the details would be a column of syllables. */
const LEAST_DETAILS = 16;
const MARKS: Readonly<Record<SpanStatus, readonly [mark: string, color: keyof Palette]>> = {
  ok: ['✓', 'good'],
  error: ['✗', 'bad'],
  unset: ['·', 'label'],
};
const UNTRACED = 'No call was traced.';
const FOLDED = 'A call that went like one above it has a single line.';

/** Calls as trees of their spans, with start and duration in milliseconds side by side. */
export function traceLines(
  calls: readonly SpanNode[],
  columns: number,
  palette: Palette,
): string[] {
  const { rows, isFolded } = traceRows(calls);
  const note = rows.length === 0 ? UNTRACED : isFolded ? FOLDED : undefined;
  return [
    '',
    MARGIN + palette.title('Trace'),
    ...(rows.length === 0 ? [] : table(rows, columns - MARGIN.length, palette)),
    ...(note === undefined ? [] : ['', MARGIN + palette.label(note)]),
  ];
}

function table(rows: readonly TraceRow[], columns: number, palette: Palette): string[] {
  const widths = widthsOf(rows, columns);
  const heading = ' '.repeat(widths.name) + figures(START, DURATION, widths);
  return [palette.label(heading), ...rows.flatMap((row) => rowLines(row, widths, palette))].map(
    (line) => (MARGIN + line).trimEnd(),
  );
}

function widthsOf(rows: readonly TraceRow[], columns: number): Widths {
  const widest = (heading: string, texts: readonly string[]): number =>
    Math.max(...[heading, ...texts].map(textWidth));
  const name = widest('', rows.map(nameOf));
  const start = widest(START, rows.map(startOf));
  const duration = widest(DURATION, rows.map(durationOf));
  const details = columns - (name + start + duration + 4 * GAP.length + 1);
  return { name, start, duration, details: Math.max(LEAST_DETAILS, details) };
}

function rowLines(row: TraceRow, widths: Widths, palette: Palette): string[] {
  const [mark, color] = MARKS[row.node.status];
  const before = widths.name - textWidth(nameOf(row));
  const plain = ' '.repeat(before) + figures(startOf(row), durationOf(row), widths);
  const below = widths.name + figures('', '', widths).length + 2 * GAP.length + 1;
  const [first = '', ...more] = wrapped(printable(row.details.join(', ')), widths.details);
  return [
    `${coloredName(row, palette)}${plain}${GAP}${palette[color](mark)}${GAP}${first}`,
    ...more.map((line) => {
      const indent = ' '.repeat(Math.max(0, below - textWidth(row.railsBelow)));
      return palette.label(row.railsBelow) + indent + line;
    }),
  ];
}

function figures(start: string, duration: string, widths: Widths): string {
  return GAP + start.padStart(widths.start) + GAP + duration.padStart(widths.duration);
}

function nameOf({ node, rails }: TraceRow): string {
  return rails + printable(node.name);
}

function startOf({ node }: TraceRow): string {
  return String(Math.round(node.startMs));
}

function durationOf({ node }: TraceRow): string {
  return node.durationMs.toFixed(1);
}

function coloredName({ node, rails }: TraceRow, palette: Palette): string {
  const name = printable(node.name);
  return rails === '' ? palette.title(name) : palette.label(rails) + name;
}
