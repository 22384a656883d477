import type { ErrorAnswer } from '@integrations/provider';

/** A part of the API that OpenAI switched off. */
interface RetiredApi {
  /** What calls to it are named by. */
  readonly calls: RegExp;
  /** What to do about it. */
  readonly advice: string;
}

const RETIRED: readonly RetiredApi[] = [
  {
    calls: /^openai (?:assistants|threads)\./,
    advice:
      'OpenAI switched the Assistants API off on 26 August 2026. Use Responses (`client.responses`) and Conversations (`client.conversations`).',
  },
  {
    calls: /^openai images\.createVariation$/,
    advice: 'OpenAI switched variations of images off. Ask for one in words: `client.images.edit`.',
  },
];

/** How servers say that they do not know an address at all, in contrast to a thing at it. */
const UNKNOWN_ADDRESS = /\b(?:invalid|unknown|unrecognized) (?:request )?url\b/i;

/**
 * What to do about an answer that says that the API which was called is not there any
 * more; undefined for any other. An answer about a single assistant, thread or run that
 * does not exist says no such thing: the server still has the API.
 *
 * @param said the message of the error, if the answer has one.
 */
export function retiredAdvice(
  { status, call }: ErrorAnswer,
  said: string | undefined,
): string | undefined {
  if (status !== 404 || (said !== undefined && !UNKNOWN_ADDRESS.test(said))) return undefined;
  return RETIRED.find(({ calls }) => calls.test(call))?.advice;
}
