import { judgeWords } from '../../judged-words.ts';

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

/** What is judged together. */
export interface ModerationInput {
  readonly text: string;
  readonly images: number;
}

/** Flags a text for the words in it; images are never flagged. The same input always gets the same scores. */
export function moderate({ text, images }: ModerationInput): unknown {
  const judged = judgeWords(text, WORDS).map((judgement) => {
    const types = [
      ...(text === '' ? [] : ['text']),
      ...(images > 0 && OF_IMAGES.has(judgement.category) ? ['image'] : []),
    ];
    return { ...judgement, types };
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
