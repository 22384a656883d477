/*
 * A sentence ends at closing punctuation followed by white space and anything but a lower-case letter (so `e.g. this`
 * stays whole), at a blank line, and before a list item or heading.
 */
const BOUNDARY =
  /(?<=[.!?…][)"'”’\]]*)\s+(?!\p{Ll})|(?<=[。！？])\s*|\r?\n[ \t]*\r?\n\s*|\r?\n(?=[ \t]*(?:[-*+•#>|]|\d+[.)])[ \t])/u;
const LIST_MARK = /^(?:[-*+•>]|\d+[.)])[ \t]+/;

/** The sentences of a text, each an exact substring of it. Headings and fragments of under three words are left out. */
export function sentencesOf(text: string): string[] {
  return text
    .split(BOUNDARY)
    .map((part) => part.trim())
    .filter((part) => !/^(?:#|\||```)/.test(part))
    .map((part) => part.replace(LIST_MARK, ''))
    .filter((part) => part.split(/\s+/).length >= 3 || /[。！？]$/.test(part));
}
