const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)?/gu;

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after all also an and any are as at be because been before being between both but by can could did do ' +
    'does doing down during each few for from further had has have having he her here hers him his how i if in into ' +
    'is it its just me more most my no nor not now of off on once only or other our out over own please same she ' +
    'should so some such tell than that the their them then there these they this those through to too under until ' +
    'up very was we were what when where which while who whom why will with would you your'
  ).split(' '),
);

/** The words of a text, lower case, in order. */
export function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** Whether a word says too little to search by. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word.replace('’', "'").replace(/'s$/, ''));
}

/** A word without its commonest English endings, so that `limits`, `limited` and `limiting` meet. */
export function stem(word: string): string {
  const plain = word.replace(/['’]s$/, '');
  if (plain.length > 6 && plain.endsWith('ing')) return dropFinalE(undouble(plain.slice(0, -3)));
  if (plain.length > 4 && plain.endsWith('ies')) return `${plain.slice(0, -3)}y`;
  if (plain.length > 4 && plain.endsWith('ed')) return dropFinalE(undouble(plain.slice(0, -2)));
  if (plain.length > 3 && plain.endsWith('s') && !/(ss|us|is)$/.test(plain))
    return dropFinalE(plain.slice(0, -1));
  return dropFinalE(plain);
}

/** The stems of a text's telling words, in order. */
export function keyStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}

function undouble(word: string): string {
  return /([bdgmnprt])\1$/.test(word) ? word.slice(0, -1) : word;
}

function dropFinalE(word: string): string {
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}
