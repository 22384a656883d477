/** The probability of one token of the answer. */
export interface TokenLogprob {
  token: string;
  bytes: number[] | null;
  logprob: number;
  top_logprobs: { token: string; bytes: number[] | null; logprob: number }[];
}

/** Probabilities of an answer's tokens. */
export interface ChoiceLogprobs {
  content: TokenLogprob[] | null;
  refusal: TokenLogprob[] | null;
}

/** Those of a piece of an answer behind those of the pieces before it. */
export function joinLogprobs(
  known: ChoiceLogprobs | null,
  added: ChoiceLogprobs | null | undefined,
): ChoiceLogprobs | null {
  if (added === null || added === undefined) return known;
  if (known === null) return { ...added };
  const join = <T>(first: T[] | null, second: T[] | null): T[] | null =>
    second === null ? first : [...(first ?? []), ...second];
  return {
    ...added,
    content: join(known.content, added.content),
    refusal: join(known.refusal, added.refusal),
  };
}
