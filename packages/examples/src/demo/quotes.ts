import { DemoFailure } from './failure.ts';
import type { Passage } from './passages.ts';

/** A quote of an answer, and whether the passage that it cites has it. */
interface Quote {
  readonly text: string;
  /** The number that follows it. */
  readonly cited: number;
  /** Whether the words stand in that passage, white space aside. */
  readonly isFaithful: boolean;
}

/** What an answer quotes. */
export interface QuoteCheck {
  readonly quotes: readonly Quote[];
  /** Numbers that follow no quote. */
  readonly bare: readonly number[];
  /** Whether there is quoted text without a passage to look it up in. */
  readonly hasUncited: boolean;
}

/** The end of a quote and the numbers after it: `" [2]`, `.” [1, 3]`, `" [1][3]`. */
const CLOSING = /["”][.,;:!?]?\s*((?:\[\d{1,9}(?:\s*,\s*\d{1,9})*\][\s,]*)+)/g;
const NUMBERS = /\[(\d{1,9}(?:\s*,\s*\d{1,9})*)\]/g;
const MARK = /["“”]/g;
/** A quote may hold what looks like the end of one, but not many of them. */
const MOST_ENDS_WITHIN = 32;

interface Closing {
  readonly start: number;
  readonly end: number;
  readonly numbers: readonly number[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly quotes: readonly Quote[];
}

/**
 * Finds the quotes of an answer, each followed by the number of its passage, and looks each up there.
 *
 * @param passages as they were numbered: the first is 1.
 */
export function checkQuotes(answer: string, passages: readonly Passage[]): QuoteCheck {
  const texts = passages.map(({ text }) => normalized(text));
  const spans = findQuotes(answer, texts);
  const rest = withoutSpans(answer, spans);
  return {
    quotes: spans.flatMap(({ quotes }) => quotes),
    bare: numbersIn(rest),
    hasUncited: rest.search(MARK) >= 0,
  };
}

/** @throws DemoFailure when a quote is not in the passage that it cites, or cites none. */
export function insistOnQuotes({ quotes, hasUncited }: QuoteCheck): void {
  const wrong = quotes.filter(({ isFaithful }) => !isFaithful).length;
  if (wrong > 0) {
    throw new DemoFailure(
      `The answer is not to be trusted: ${wrong} of its ${quotes.length} quotes cannot be found in the passage cited.`,
    );
  }
  if (hasUncited) {
    throw new DemoFailure('The answer is not to be trusted: it quotes without citing a passage.');
  }
}

function findQuotes(answer: string, texts: readonly string[]): Span[] {
  const closings: Closing[] = [...answer.matchAll(CLOSING)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    numbers: numbersIn(match[1] ?? ''),
  }));
  const spans: Span[] = [];
  let from = 0;
  for (const [at, closing] of closings.entries()) {
    if (closing.start < from) continue;
    const openings = marksBetween(answer, from, closing.start);
    const ends = closings.slice(at, at + MOST_ENDS_WITHIN).toReversed();
    const span =
      firstFaithful(answer, openings, ends, texts) ??
      spanOf(answer, openings[0] ?? closing.start, closing, texts);
    spans.push(span);
    from = span.end;
  }
  return spans;
}

/** Quotes can hold quotes, so the marks do not say where one begins and ends: the longest that a passage has counts. */
function firstFaithful(
  answer: string,
  openings: readonly number[],
  ends: readonly Closing[],
  texts: readonly string[],
): Span | undefined {
  for (const opening of openings) {
    for (const end of ends) {
      const span = spanOf(answer, opening, end, texts);
      if (span.quotes.some(({ isFaithful }) => isFaithful)) return span;
    }
  }
  return undefined;
}

function spanOf(answer: string, opening: number, closing: Closing, texts: readonly string[]): Span {
  const text = answer.slice(opening + 1, closing.start).trim();
  const quotes = closing.numbers.map((cited) => ({
    text,
    cited,
    isFaithful: text !== '' && (texts[cited - 1] ?? '').includes(normalized(text)),
  }));
  return { start: opening, end: closing.end, quotes };
}

function marksBetween(answer: string, from: number, to: number): number[] {
  return [...answer.slice(from, to).matchAll(MARK)].map(({ index }) => from + index);
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(NUMBERS)].flatMap((match) => (match[1] ?? '').split(',').map(Number));
}

function withoutSpans(answer: string, spans: readonly Span[]): string {
  let from = 0;
  let rest = '';
  for (const { start, end } of spans) {
    rest += answer.slice(from, start);
    from = end;
  }
  return rest + answer.slice(from);
}

/** Line breaks and typographic marks are a matter of presentation. */
function normalized(text: string): string {
  return text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim();
}
