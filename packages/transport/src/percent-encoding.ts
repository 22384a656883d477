import { ValidationError } from '@integrations/errors';

/**
 * Percent-encodes a text for one place of an address.
 *
 * @param place what the text is, for the message: `path parameter`.
 * @throws ValidationError when the text holds half of a surrogate pair.
 */
export function percentEncode(text: string, place: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    throw new ValidationError(
      `The ${place} holds half of a surrogate pair and cannot be written in an address. Nothing was sent.`,
      { cause },
    );
  }
}
