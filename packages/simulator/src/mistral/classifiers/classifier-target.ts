import { judgeWords } from '../../judged-words.ts';

/** What fine-tuned classifiers decide on. */
export const TARGET = 'sentiment';

/** The words that stand for each label; a text with none of them is neutral. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  negative: ['bad', 'hate', 'terrible'],
  neutral: [],
  positive: ['good', 'love', 'wonderful'],
};

/** What a classifier may find. */
export const LABELS: readonly string[] = Object.keys(WORDS);

/** How probable each label is; together they are 1. */
export function classify(text: string): Readonly<Record<string, number>> {
  const judged = judgeWords(text, WORDS);
  const isTelling = judged.some(({ flagged }) => flagged);
  const scores = judged.map(({ category, score }) => ({
    label: category,
    score: !isTelling && category === 'neutral' ? 1 : score,
  }));
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  return Object.fromEntries(scores.map(({ label, score }) => [label, score / total]));
}
