/** What a block is: running text, a list item, a table, or fenced code. */
export type BlockKind = 'prose' | 'item' | 'table' | 'code';

/** Where a line of the file begins in a block's text. */
interface LineStart {
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

/** A block of a Markdown or plain text file. */
export interface Block {
  readonly kind: BlockKind;
  /** The text of the file with its white space tidied: wrapped lines joined, blank lines of code left out. */
  readonly text: string;
  readonly starts: readonly LineStart[];
  /** Counts the headings so far: blocks of one section have no heading between them. */
  readonly section: number;
  /** The headings above the block, from the outermost on. */
  readonly headings: readonly string[];
}

interface OpenBlock {
  readonly kind: BlockKind;
  readonly lines: { readonly text: string; readonly line: number }[];
}

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly line: number;
}

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const UNDERLINE = /^ {0,3}(?:(={2,})|-{2,})[ \t]*$/;
const SEPARATOR = /^[ \t]*([-*_=~])(?:[ \t]*\1){2,}[ \t]*$/;
const FENCE = /^[ \t]*(`{3,}|~{3,})/;
const TABLE_ROW = /^[ \t]*\|/;
const LIST_ITEM = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+\S/;

/** Takes a file apart into its blocks, in order. Headings, and lines that only separate, are no blocks. */
export function readBlocks(content: string): Block[] {
  const reader = new BlockReader();
  for (const [index, line] of content.split(/\r\n|\n|\r/).entries()) reader.read(line, index + 1);
  return reader.end();
}

class BlockReader {
  readonly #blocks: Block[] = [];
  readonly #headings: Heading[] = [];
  #open: OpenBlock | undefined;
  #fence: string | undefined;
  #section = 0;
  #isSectionEmpty = false;

  read(text: string, line: number): void {
    if (this.#fence !== undefined) this.#readCode(text, line, this.#fence);
    else if (text.trim() === '') this.#close();
    else this.#readText(text, line);
  }

  end(): Block[] {
    this.#close();
    this.#keepLoneHeading(0);
    return this.#blocks;
  }

  #readCode(text: string, line: number, fence: string): void {
    if (text.trim() !== '') this.#add('code', text.trimEnd(), line);
    const closing = text.trim();
    if (closing.startsWith(fence) && closing === fence[0]?.repeat(closing.length)) {
      this.#fence = undefined;
      this.#close();
    }
  }

  #readText(text: string, line: number): void {
    const heading = HEADING.exec(text);
    const underline = UNDERLINE.exec(text);
    const fence = FENCE.exec(text)?.[1];
    if (heading?.[1] !== undefined) {
      this.#enter({ level: heading[1].length, title: heading[2] ?? '', line });
    } else if (underline !== null && this.#isOneLineOfProse()) {
      this.#enterUnderlined(underline[1] === undefined ? 2 : 1);
    } else if (SEPARATOR.test(text)) this.#close();
    else if (fence !== undefined) {
      this.#start('code', text.trimEnd(), line);
      this.#fence = fence;
    } else this.#readProse(text.trim(), line, text);
  }

  #readProse(trimmed: string, line: number, text: string): void {
    const kind = this.#open?.kind;
    if (TABLE_ROW.test(text)) this.#add('table', trimmed, line);
    else if (LIST_ITEM.test(text)) this.#start('item', trimmed, line);
    else this.#add(kind === 'item' ? 'item' : 'prose', trimmed, line);
  }

  #isOneLineOfProse(): boolean {
    return this.#open?.kind === 'prose' && this.#open.lines.length === 1;
  }

  #enterUnderlined(level: number): void {
    const title = this.#open?.lines[0];
    this.#open = undefined;
    if (title !== undefined) this.#enter({ level, title: title.text, line: title.line });
  }

  #enter(heading: Heading): void {
    this.#close();
    this.#keepLoneHeading(heading.level);
    while ((this.#headings.at(-1)?.level ?? 0) >= heading.level) this.#headings.pop();
    this.#headings.push(heading);
    this.#section += 1;
    this.#isSectionEmpty = true;
  }

  /** A heading with nothing below it is all that its section says. */
  #keepLoneHeading(nextLevel: number): void {
    const last = this.#headings.at(-1);
    if (!this.#isSectionEmpty || last === undefined || nextLevel > last.level) return;
    if (last.title !== '') this.#add('prose', last.title, last.line);
    this.#close();
  }

  #add(kind: BlockKind, text: string, line: number): void {
    if (this.#open?.kind === kind) this.#open.lines.push({ text, line });
    else this.#start(kind, text, line);
  }

  #start(kind: BlockKind, text: string, line: number): void {
    this.#close();
    this.#open = { kind, lines: [{ text, line }] };
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { kind, lines } = this.#open;
    const joint = kind === 'table' || kind === 'code' ? '\n' : ' ';
    let offset = 0;
    const starts = lines.map(({ text, line }) => {
      const start = { offset, line };
      offset += text.length + joint.length;
      return start;
    });
    this.#blocks.push({
      kind,
      text: lines.map(({ text }) => text).join(joint),
      starts,
      section: this.#section,
      headings: this.#headings.map(({ title }) => title).filter((title) => title !== ''),
    });
    this.#open = undefined;
    this.#isSectionEmpty = false;
  }
}
