import type { EmbeddingInput } from './embedding.ts';

/** English prose has four to five characters to a token; code, digits and names have fewer. */
const CHARACTERS_PER_TOKEN = 2;

/** Beyond ASCII, one UTF-16 unit is up to two tokens: rare ideographs, and halves of emoji. */
const TOKENS_PER_OTHER_CHARACTER = 2;

/** No text that says anything has more characters to a token. */
const MOST_CHARACTERS_PER_TOKEN = 8;

/**
 * The tokens of an input, rather too many than too few: one for every two ASCII characters,
 * and two for each other.
 */
export function pessimisticTokens(input: EmbeddingInput): number {
  if (typeof input !== 'string') return input.length;
  let others = 0;
  for (let at = 0; at < input.length; at += 1) if (input.charCodeAt(at) > 127) others += 1;
  const ascii = input.length - others;
  return Math.ceil(ascii / CHARACTERS_PER_TOKEN) + others * TOKENS_PER_OTHER_CHARACTER;
}

/** The tokens that an input has at least. */
export function fewestTokens(input: EmbeddingInput): number {
  return typeof input === 'string'
    ? Math.ceil(input.length / MOST_CHARACTERS_PER_TOKEN)
    : input.length;
}
