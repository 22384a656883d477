import { type ConversationMessage, type Passage, takeApart } from './conversation.ts';
import { sentencesOf } from './sentences.ts';
import { isStopWord, keyStems, wordsOf } from './words.ts';

const MAX_QUOTES = 3;
/** A further sentence is quoted if it matches at least this well, against the best one. */
const WORTH_QUOTING = 0.5;
/** How much of its passage's match a sentence inherits. */
const PASSAGE_SHARE = 0.25;

interface Candidate {
  readonly passage: Passage;
  readonly sentence: string;
  readonly stems: ReadonlySet<string>;
}

interface ScoredCandidate extends Candidate {
  readonly score: number;
}

/**
 * Answers the last user message by quoting the sentences of the given text that share most telling words with it, or
 * says in one sentence that there is nothing to quote. The same conversation always gets the same answer.
 */
export function answer(messages: readonly ConversationMessage[]): string {
  const { question, passages } = takeApart(messages);
  const quotes = bestSentences(question, passages);
  if (quotes.length > 0) return quotes.map(quote).join(' ');
  const topic = keyWords(question);
  const marked = passages.some((passage) => passage.marker !== undefined);
  if (marked) return `The given passages say nothing about ${topic}.`;
  return `You asked about ${topic}, and there was no text to quote an answer from.`;
}

function quote({ passage, sentence }: Candidate): string {
  return passage.marker === undefined ? `"${sentence}"` : `"${sentence}" ${passage.marker}`;
}

function bestSentences(question: string, passages: readonly Passage[]): Candidate[] {
  const sought = new Set(keyStems(question));
  if (sought.size === 0) return [];
  const candidates = distinct(
    passages.flatMap((passage) =>
      sentencesOf(passage.text).map((sentence) => ({
        passage,
        sentence,
        stems: new Set(keyStems(sentence)),
      })),
    ),
  );
  const ranked = rank(candidates, sought);
  const best = ranked[0]?.score ?? 0;
  return ranked.filter(({ score }) => score >= best * WORTH_QUOTING).slice(0, MAX_QUOTES);
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ sentence }) => !seen.has(sentence) && seen.add(sentence));
}

function rank(candidates: readonly Candidate[], sought: ReadonlySet<string>): ScoredCandidate[] {
  const weights = weigh(candidates, sought);
  const passageMatches = new Map<Passage, number>();
  for (const { passage } of candidates) {
    if (!passageMatches.has(passage))
      passageMatches.set(passage, match(new Set(keyStems(passage.text)), weights));
  }
  return candidates
    .map((candidate) => {
      const own =
        match(candidate.stems, weights) / Math.sqrt(1 + Math.log(1 + candidate.stems.size));
      const inherited = (passageMatches.get(candidate.passage) ?? 0) * PASSAGE_SHARE;
      return { ...candidate, score: own === 0 ? 0 : own + inherited };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}

/** Rare words weigh more than those that most sentences have. */
function weigh(
  candidates: readonly Candidate[],
  sought: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const stem of sought) {
    const holders = candidates.filter(({ stems }) => stems.has(stem)).length;
    weights.set(stem, Math.log(1 + candidates.length / (1 + holders)));
  }
  return weights;
}

function match(stems: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [stem, weight] of weights) if (stems.has(stem)) sum += weight;
  return sum;
}

function keyWords(question: string): string {
  const words = [...new Set(wordsOf(question).filter((word) => !isStopWord(word)))].slice(0, 8);
  return words.length > 0 ? words.join(', ') : 'nothing in particular';
}
