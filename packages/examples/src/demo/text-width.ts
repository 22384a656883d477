/** East Asian letters and pictures take two columns of a terminal. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60\u3000-\u303E]/u;
/** Accents, joiners and the like take none. */
const ZERO = /[\p{M}\p{Cf}]/u;

/** Columns that a text takes in a terminal. It must hold no control characters. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** As much of a text as fits into so many columns, ending in an ellipsis where something is left out. */
export function fitted(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  return `${text.slice(0, indexAtColumn(text, columns - 1))}…`;
}

/** Where in a text the given column is reached. */
export function indexAtColumn(text: string, column: number): number {
  let width = 0;
  let index = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > column) return index;
    index += character.length;
  }
  return index;
}

/** A text that cannot steer a terminal: control characters and reversed writing are taken out. */
export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '');
}

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
