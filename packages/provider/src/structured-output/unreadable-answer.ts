import { ContentFilterError, LengthFinishReasonError, RefusalError } from '@integrations/errors';

/** Where an answer came from, for errors. */
export interface AnswerPlace {
  /** What was called: `acme chat.parse`. */
  readonly call: string;
  readonly requestId?: string | undefined;
}

/** What there is of an answer that cannot be read, for the error's context. */
export type AnswerContext = Readonly<Record<string, unknown>>;

/** @param limit the member of the request that sets it. */
export function cutAnswer(
  { call, requestId }: AnswerPlace,
  limit: string,
  context: AnswerContext,
): LengthFinishReasonError {
  return new LengthFinishReasonError(
    `${call}: the answer was cut at its limit of tokens. Raise \`${limit}\`, or ask for less.`,
    { requestId, context },
  );
}

/** The provider held an answer back, or the rest of it. @param provider its name. */
export function filteredAnswer(
  { call, requestId }: AnswerPlace,
  provider: string,
  context: AnswerContext,
): ContentFilterError {
  return new ContentFilterError(
    `${call}: the content filter held the answer back. Change what is asked.`,
    { requestId, context, provider },
  );
}

/** @param refusal the model's own words. */
export function refusedAnswer({ call, requestId }: AnswerPlace, refusal: string): RefusalError {
  return new RefusalError(
    `${call}: the model refused to answer: ${refusal} Change what is asked.`,
    { refusal, requestId },
  );
}
