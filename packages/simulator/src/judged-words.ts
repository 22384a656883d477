import { createHash } from 'node:crypto';
import { wordsOf } from './words.ts';

const FLAGGED_SCORE = 0.9;
const HIGHEST_HARMLESS_SCORE = 0.01;

/** How a text stands to one category. */
export interface Judgement {
  readonly category: string;
  readonly flagged: boolean;
  /** From 0 to 1. */
  readonly score: number;
}

/** Judges a text by the words that stand for each category. The same text always gets the same scores. */
export function judgeWords(
  text: string,
  wordsByCategory: Readonly<Record<string, readonly string[]>>,
): Judgement[] {
  const words = new Set(wordsOf(text));
  return Object.entries(wordsByCategory).map(([category, telling]) => {
    const flagged = telling.some((word) => words.has(word));
    const small = trace(text, category);
    const score = flagged
      ? FLAGGED_SCORE + (1 - FLAGGED_SCORE) * small
      : small * HIGHEST_HARMLESS_SCORE;
    return { category, flagged, score };
  });
}

/** A number from 0 to 1 that depends on the text and the category alone. */
function trace(text: string, category: string): number {
  const digest = createHash('sha256').update(`${category}\0${text}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}
