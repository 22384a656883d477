/*
 * The estimate: a run of letters and digits is one token for every six of them, each ideograph, kana or hangul
 * syllable and each other visible character is one, and white space belongs to the token after it. It is no model's own
 * tokenizer: fit for limits and budgets, not for bills.
 */
const TOKEN =
  /\s*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|\s*(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{M}\p{N}]){1,6}|\s*[^\s\p{L}\p{M}\p{N}]|\s+/gu;

/** Cuts text into tokens; joined again they are the text. */
export function splitTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** A deterministic estimate of how many tokens a text has. */
export function countTokens(text: string): number {
  return splitTokens(text).length;
}
