import type { RankedPassage } from './embedding-index.ts';
import { counted } from './figures.ts';
import { MARGIN } from './live-view.ts';
import type { Palette } from './palette.ts';
import type { QuoteCheck } from './quotes.ts';
import { fitted, printable, textWidth } from './text-width.ts';

/** An answer's passages, as they were numbered, and what it makes of them. */
export interface Citations {
  readonly passages: readonly RankedPassage[];
  readonly check: QuoteCheck;
}

/** Where the answer comes from: the cited passages, and whether their quotes are true. */
export function sourceLines(citations: Citations, columns: number, palette: Palette): string[] {
  const cited = citedNumbers(citations.check).filter(
    (number) => citations.passages[number - 1] !== undefined,
  );
  const rows = cited.map((number) => rowOf(number, citations));
  const widths = {
    number: widest(rows.map(({ number }) => number)),
    place: widest(rows.map(({ place }) => place)),
  };
  return [
    '',
    MARGIN + palette.title('Sources'),
    ...rows.map((row) => {
      const before = `${padded(row.number, widths.number)}  ${padded(row.place, widths.place)}`;
      const room = columns - MARGIN.length - 2 - textWidth(before) - 2;
      const heading = room < 8 ? '' : `  ${fitted(row.heading, room)}`;
      return `${MARGIN}${mark(row.isTrue, palette)} ${before}${palette.label(heading)}`.trimEnd();
    }),
    ...verdictLines(citations, palette),
  ];
}

interface Row {
  readonly number: string;
  readonly place: string;
  readonly heading: string;
  /** Undefined when nothing was quoted from it. */
  readonly isTrue: boolean | undefined;
}

function rowOf(number: number, { passages, check }: Citations): Row {
  const passage = passages[number - 1]?.passage;
  const quotes = check.quotes.filter(({ cited }) => cited === number);
  return {
    number: `[${number}]`,
    place: printable(`${passage?.file}:${passage?.line}`),
    heading: printable(passage?.heading ?? ''),
    isTrue: quotes.length === 0 ? undefined : quotes.every(({ isFaithful }) => isFaithful),
  };
}

function citedNumbers({ quotes, bare }: QuoteCheck): number[] {
  const numbers = new Set([...quotes.map(({ cited }) => cited), ...bare]);
  return [...numbers].toSorted((a, b) => a - b);
}

function verdictLines({ check, passages }: Citations, palette: Palette): string[] {
  const { quotes } = check;
  const wrong = quotes.filter(({ isFaithful }) => !isFaithful);
  const given = `${counted(passages.length, 'passage')} given.`;
  const verdict = (isTrue: boolean | undefined, text: string): string =>
    `${MARGIN}${mark(isTrue, palette)} ${printable(text)}`;
  if (quotes.length === 0) {
    const gap = check.bare.length > 0 ? [''] : [];
    return [...gap, verdict(undefined, `Nothing is quoted; ${given}`)];
  }
  if (wrong.length === 0) return ['', verdict(true, `${allTrue(quotes.length)}; ${given}`)];
  return [
    '',
    ...wrong.map(({ text, cited }) =>
      verdict(false, `Not in [${cited}]: "${text.replace(/\s+/g, ' ')}"`),
    ),
    `${MARGIN}  ${someTrue(quotes.length - wrong.length, quotes.length)}; ${given}`,
  ];
}

function allTrue(count: number): string {
  if (count === 1) return 'The quote stands word for word in the passage it cites';
  return `All ${count} quotes stand word for word in the passages they cite`;
}

function someTrue(faithful: number, count: number): string {
  const ofAll = `${faithful} of ${counted(count, 'quote')}`;
  if (faithful === 1) return `${ofAll} stands word for word in the passage it cites`;
  return `${ofAll} stand word for word in the passages they cite`;
}

function mark(isTrue: boolean | undefined, palette: Palette): string {
  if (isTrue === undefined) return palette.label('·');
  return isTrue ? palette.good('✓') : palette.bad('✗');
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth));
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
