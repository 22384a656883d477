import { formatRatio, formatValue } from './format.ts';
import type { Result } from './report.ts';
import type { Measure, Suite } from './suite.ts';
import { comparisonOf, measuresOf } from './telling.ts';

/** A bar of a chart. */
interface Bar {
  readonly label: string;
  readonly isOurs: boolean;
  readonly value: number;
  readonly text: string;
}

const WIDTH = 760;
const LABEL_WIDTH = 330;
const VALUE_WIDTH = 70;
const BAR_HEIGHT = 18;
const ROW_HEIGHT = 26;
const HEAD_HEIGHT = 62;
const FOOT_HEIGHT = 30;
const PADDING = 12;

/** Grey and blue that can be read on white and on black, and text that follows the reader's choice. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; font-size: 15px; }
  .small { font-size: 11px; }
  .ours { fill: #2f81f7; } .theirs { fill: #8b949e; } .floor { stroke: #d1242f; stroke-dasharray: 4 3; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .floor { stroke: #ff7b72; } }
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${attributes}>${escaped(content)}</text>`;
}

function barsOf(suite: Suite, measure: Measure, results: readonly Result[]): readonly Bar[] {
  const format = (value: number): string =>
    suite.comparison === 'value' ? formatValue(measure, value) : `× ${formatRatio(value)}`;
  const bars = results.flatMap(({ placed, measurements }) => {
    const { name, by } = placed.benchmark;
    const value = comparisonOf(suite, measure, measurements)?.median;
    if (value === undefined) return [];
    return { label: name, isOurs: by === 'ours', value, text: format(value) };
  });
  return bars.toSorted((a, b) => a.value - b.value);
}

/** Where the floor is, on the scale of the bars. */
function floorValue(suite: Suite, measure: Measure, results: readonly Result[]): number {
  if (suite.comparison !== 'value') return 1;
  const floors = results.flatMap(({ measurements }) =>
    measurements.map(({ floor }) => floor[measure.key] ?? 0),
  );
  return floors.length === 0 ? 0 : (floors.toSorted((a, b) => a - b)[floors.length >> 1] ?? 0);
}

/**
 * Bars of the first measure of a suite, the smallest first, with a line where the floor is.
 * An SVG image that needs nothing from elsewhere and can be read on light and on dark.
 *
 * @param foot what the figures depend on
 */
export function barChart(suite: Suite, results: readonly Result[], foot: string): string {
  const [measure] = measuresOf(suite);
  const bars = barsOf(suite, measure, results);
  const floor = floorValue(suite, measure, results);
  const scaleWidth = WIDTH - LABEL_WIDTH - VALUE_WIDTH - 2 * PADDING;
  const most = Math.max(floor, ...bars.map(({ value }) => value)) || 1;
  const widthOf = (value: number): number => (Math.max(0, value) / most) * scaleWidth;
  const left = PADDING + LABEL_WIDTH;
  const height = HEAD_HEIGHT + bars.length * ROW_HEIGHT + FOOT_HEIGHT;
  const [group, another] = suite.groups;
  const subject = another === undefined ? group?.title : suite.name;
  const title = `${subject ?? suite.name}: ${measure.title}`;

  const rows = bars.flatMap(({ label, isOurs, value, text: told }, index) => {
    const y = HEAD_HEIGHT + index * ROW_HEIGHT;
    const width = widthOf(value).toFixed(1);
    return [
      text(left - 8, y + 14, label, ' text-anchor="end"'),
      `<rect class="${isOurs ? 'ours' : 'theirs'}" x="${left}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="2"/>`,
      text(left + widthOf(value) + 6, y + 14, told),
    ];
  });
  const floorX = (left + widthOf(floor)).toFixed(1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    text(PADDING, 24, title, ' class="title"'),
    text(
      PADDING,
      44,
      `Less is better. The dashed line is the floor: ${suite.floor.name}.`,
      ' class="small"',
    ),
    ...rows,
    `<line class="floor" x1="${floorX}" y1="${HEAD_HEIGHT - 6}" x2="${floorX}" y2="${height - FOOT_HEIGHT}"/>`,
    text(PADDING, height - 10, foot, ' class="small"'),
    '</svg>',
    '',
  ].join('\n');
}
