import { indexAtColumn, textWidth } from './text-width.ts';

/** Breaks a text into lines while it arrives. */
export class WordWrap {
  readonly #columns: number;
  #current = '';

  /** @param columns how wide a line may be; at least 1. */
  constructor(columns: number) {
    this.#columns = Math.max(1, columns);
  }

  /** The line that is still growing. */
  get current(): string {
    return this.#current;
  }

  /** Takes more text, and gives the lines that it completes. */
  push(text: string): string[] {
    this.#current += text;
    const lines: string[] = [];
    for (let cut = this.#findCut(); cut !== undefined; cut = this.#findCut()) {
      lines.push(this.#current.slice(0, cut.end).trimEnd());
      this.#current = this.#current.slice(cut.next);
    }
    return lines;
  }

  #findCut(): { readonly end: number; readonly next: number } | undefined {
    const text = this.#current;
    const newline = text.indexOf('\n');
    const line = newline < 0 ? text : text.slice(0, newline);
    if (textWidth(line.trimEnd()) <= this.#columns) {
      return newline < 0 ? undefined : { end: newline, next: newline + 1 };
    }
    const full = Math.max(1, indexAtColumn(line, this.#columns));
    // The blank right after a full line ends it too.
    const blank = line.lastIndexOf(' ', full);
    if (blank <= 0) return { end: full, next: full };
    return { end: blank, next: blank + 1 };
  }
}

/** The lines of a whole text. */
export function wrapped(text: string, columns: number): string[] {
  const wrap = new WordWrap(columns);
  const lines = wrap.push(text);
  return wrap.current === '' && lines.length > 0 ? lines : [...lines, wrap.current];
}
