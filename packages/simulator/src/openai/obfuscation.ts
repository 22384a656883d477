const WIDTH = 16;

/**
 * Padding that brings events of nearly the same length to the same, so that their sizes
 * do not give away the words.
 *
 * @param letters where it is cut from; at least 16.
 */
export function obfuscation(letters: string, content: string): string {
  return letters.slice(0, 1 + ((WIDTH - (content.length % WIDTH)) % WIDTH));
}
