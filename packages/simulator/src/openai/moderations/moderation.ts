import { createHash } from 'node:crypto';
import { wordsOf } from '../../words.ts';

/** The words that stand for each category. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  harassment: ['idiot', 'stupid', 'moron'],
  'harassment/threatening': ['threaten'],
  hate: ['hate'],
  'hate/threatening': ['exterminate'],
  illicit: ['shoplift', 'counterfeit'],
  'illicit/violent': ['bomb'],
  'self-harm': ['suicide'],
  'self-harm/instructions': ['overdose'],
  'self-harm/intent': ['suicidal'],
  sexual: ['nude'],
  'sexual/minors': ['underage'],
  violence: ['kill', 'murder', 'shoot'],
  'violence/graphic': ['gore'],
};

/** Categories that images are judged by as well. */
const OF_IMAGES: ReadonlySet<string> = new Set([
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'violence',
  'violence/graphic',
]);

const FLAGGED_SCORE = 0.9;
const HIGHEST_HARMLESS_SCORE = 0.01;

/** What is judged together. */
export interface ModerationInput {
  readonly text: string;
  readonly images: number;
}

/** A small number that depends on the text and the category alone. */
function trace(text: string, category: string): number {
  const digest = createHash('sha256').update(`${category}\0${text}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** Flags a text for the words in it; images are never flagged. The same input always gets the same scores. */
export function moderate({ text, images }: ModerationInput): unknown {
  const words = new Set(wordsOf(text));
  const judged = Object.entries(WORDS).map(([category, telling]) => {
    const flagged = telling.some((word) => words.has(word));
    const small = trace(text, category);
    const score = flagged
      ? FLAGGED_SCORE + (1 - FLAGGED_SCORE) * small
      : small * HIGHEST_HARMLESS_SCORE;
    const types = [
      ...(text === '' ? [] : ['text']),
      ...(images > 0 && OF_IMAGES.has(category) ? ['image'] : []),
    ];
    return { category, flagged, score, types };
  });
  return {
    flagged: judged.some(({ flagged }) => flagged),
    categories: Object.fromEntries(judged.map(({ category, flagged }) => [category, flagged])),
    category_scores: Object.fromEntries(judged.map(({ category, score }) => [category, score])),
    category_applied_input_types: Object.fromEntries(
      judged.map(({ category, types }) => [category, types]),
    ),
  };
}
