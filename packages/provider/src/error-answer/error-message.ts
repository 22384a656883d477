import { isProblemDetails, problemText, redactText } from '@integrations/errors';
import type { ErrorAnswer } from '../provider-profile.ts';

/** How much of a body that is no JSON a message quotes. */
const QUOTED_CHARACTERS = 200;

/** What to do about a status, where the provider's own words leave that open. */
export type StatusAdvice = Readonly<Record<number, string>>;

/** Advice that holds for any provider. */
export const ADVICE: StatusAdvice = {
  401: 'Check the API key.',
  403: 'Check what the key may do.',
  404: 'Check the model, the id and `baseURL`.',
};

/** Providers end some of their messages without a mark. */
function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** A short body that is no JSON is the best explanation there is; of a page, its words are. */
function bodyText(body: unknown): string | undefined {
  if (isProblemDetails(body)) return problemText(body);
  if (typeof body !== 'string') return undefined;
  const text = redactText(body)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : text.slice(0, QUOTED_CHARACTERS);
}

/**
 * What happened, to which call, and what to do: `acme chat.create: the API answered 401:
 * Wrong key. Check the API key.`
 *
 * @param said the provider's words. @default what a body without such words says
 */
export function errorMessage(
  { call, status, body }: ErrorAnswer,
  said: string | undefined,
  advice: string | undefined,
): string {
  const what =
    status === undefined
      ? `${call}: the answer carried an error`
      : `${call}: the API answered ${status}`;
  const message = said ?? bodyText(body);
  if (message === undefined) return advice === undefined ? `${what}.` : `${what}. ${advice}`;
  return advice === undefined ? `${what}: ${message}` : `${what}: ${asSentence(message)} ${advice}`;
}
