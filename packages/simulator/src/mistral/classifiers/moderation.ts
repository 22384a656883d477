import { judgeWords } from '../../judged-words.ts';

/** The words that stand for each category. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  sexual: ['nude'],
  hate_and_discrimination: ['hate', 'idiot'],
  violence_and_threats: ['kill', 'murder', 'threaten'],
  dangerous_and_criminal_content: ['bomb', 'counterfeit'],
  selfharm: ['suicide'],
  health: ['diagnosis'],
  financial: ['invest'],
  law: ['lawsuit'],
  pii: ['passport'],
};

/** A text judged by each category. */
export interface Moderation {
  readonly categories: Readonly<Record<string, boolean>>;
  readonly category_scores: Readonly<Record<string, number>>;
}

/** Flags a text for the words in it. */
export function moderate(text: string): Moderation {
  const judged = judgeWords(text, WORDS);
  return {
    categories: Object.fromEntries(judged.map(({ category, flagged }) => [category, flagged])),
    category_scores: Object.fromEntries(judged.map(({ category, score }) => [category, score])),
  };
}
