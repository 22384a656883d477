import { type Block, type BlockKind, readBlocks } from './blocks.ts';
import type { TextFile } from './text-files.ts';

/** A piece of a file that is small enough to be found and quoted. */
export interface Passage {
  readonly file: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** The headings above it, such as `Retries › Budget`; empty when there is none. */
  readonly heading: string;
  /** The words of the file; only white space may differ. */
  readonly text: string;
  /** The same without its code: what can be quoted as sentences. Empty when it is code alone. */
  readonly prose: string;
}

/** A passage takes in further blocks until it has so many words. */
const ENOUGH_WORDS = 20;
const MOST_WORDS = 70;
/** Code is of little use in pieces. */
const MOST_WORDS_OF_CODE = 300;
/** What a block that is too long is cut down to. */
const PIECE_WORDS = 40;
/** A rest this small joins the passage before it. */
const CRUMB_WORDS = 8;
/** Scripts without blanks, and files without words, are measured by their length. */
const LONGEST_WORD = 12;

interface Piece extends Block {
  readonly words: number;
}

interface Draft {
  readonly first: Piece;
  readonly last: BlockKind;
  readonly text: string;
  readonly prose: string;
  readonly words: number;
}

/** Splits a file into passages, in order, none of them across a heading. Nothing but headings is left out. */
export function splitPassages({ path, content }: TextFile): Passage[] {
  const pieces = readBlocks(content).flatMap(cutToSize);
  return gatherCrumbs(gather(pieces)).map(({ first, text, prose }) => ({
    file: path,
    line: first.starts[0]?.line ?? 1,
    heading: first.headings.join(' › '),
    text,
    prose,
  }));
}

function gather(pieces: readonly Piece[]): Draft[] {
  const drafts: Draft[] = [];
  for (const next of pieces.map(draftOf)) {
    const draft = drafts.at(-1);
    if (draft !== undefined && draft.words < ENOUGH_WORDS && canJoin(draft, next)) {
      drafts[drafts.length - 1] = join(draft, next);
    } else drafts.push(next);
  }
  return drafts;
}

function gatherCrumbs(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const before = kept.at(-1);
    if (before !== undefined && draft.words < CRUMB_WORDS && canJoin(before, draft)) {
      kept[kept.length - 1] = join(before, draft);
    } else kept.push(draft);
  }
  return kept;
}

function draftOf(piece: Piece): Draft {
  const { kind, text, words } = piece;
  return { first: piece, last: kind, text, prose: kind === 'code' ? '' : text, words };
}

function canJoin(draft: Draft, next: Draft): boolean {
  return draft.first.section === next.first.section && draft.words + next.words <= MOST_WORDS;
}

function join(draft: Draft, next: Draft): Draft {
  const isList = draft.last === 'item' && next.first.kind === 'item';
  const joint = isList ? '\n' : '\n\n';
  return {
    first: draft.first,
    last: next.last,
    text: [draft.text, next.text].join(joint),
    prose: [draft.prose, next.prose].filter((prose) => prose !== '').join(joint),
    words: draft.words + next.words,
  };
}

function cutToSize(block: Block): Piece[] {
  const words = countWords(block.text);
  const most = block.kind === 'code' ? MOST_WORDS_OF_CODE : MOST_WORDS;
  if (words <= most) return [{ ...block, words }];
  return packed(unitsOf(block.text, 0, block.kind)).map(({ start, end }) =>
    pieceOf(block, start, end),
  );
}

function pieceOf(block: Block, start: number, end: number): Piece {
  const text = block.text.slice(start, end).trimEnd();
  const line = block.starts.findLast(({ offset }) => offset <= start)?.line ?? 1;
  return { ...block, text, starts: [{ offset: 0, line }], words: countWords(text) };
}

interface Unit {
  readonly start: number;
  readonly end: number;
  readonly words: number;
}

function packed(units: Iterable<Unit>): Unit[] {
  const pieces: Unit[] = [];
  for (const unit of units) {
    const piece = pieces.at(-1);
    if (piece !== undefined && piece.words + unit.words <= PIECE_WORDS) {
      pieces[pieces.length - 1] = {
        start: piece.start,
        end: unit.end,
        words: piece.words + unit.words,
      };
    } else pieces.push(unit);
  }
  return pieces;
}

/** The ways to cut a text, each finer than the one before; the last always cuts it small enough. */
const CUTS: readonly ((text: string, kind: BlockKind) => Iterable<string>)[] = [
  (text, kind) => (kind === 'table' || kind === 'code' ? linesOf(text) : sentencesOf(text)),
  (text) => text.match(/\S+\s*|^\s+/g) ?? [],
  (text) => text.match(/.{1,400}/gsu) ?? [],
];

function* unitsOf(text: string, from: number, kind: BlockKind, level = 0): Generator<Unit> {
  let start = from;
  for (const part of CUTS[level]?.(text, kind) ?? [text]) {
    const words = countWords(part);
    if (words > MOST_WORDS && level < CUTS.length - 1) {
      yield* unitsOf(part, start, kind, level + 1);
    } else yield { start, end: start + part.length, words };
    start += part.length;
  }
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function sentencesOf(text: string): string[] {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text);
  return Array.from(segments, ({ segment }) => segment);
}

/** How many words a text has, or would have if they were of ordinary length. */
function countWords(text: string): number {
  const words = text.match(/\S+/g)?.length ?? 0;
  return Math.max(words, Math.ceil(text.trim().length / LONGEST_WORD));
}
