import {
  accentCitations,
  columnsOf,
  type LiveView,
  MARGIN,
  type OutputStream,
  readableColumns,
  type ViewOptions,
} from './live-view.ts';
import { type Activity, statusLine } from './status-line.ts';
import { printable } from './text-width.ts';
import { WordWrap } from './word-wrap.ts';

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const ERASE_BELOW = '\u001B[J';
const FRAME_MS = 80;

function upBy(lines: number): string {
  return lines > 0 ? `\u001B[${lines}A` : '';
}

/** Keeps a status line at the bottom of a terminal; what stays is written above it. */
export class TerminalView implements LiveView {
  readonly #output: OutputStream;
  readonly #palette: ViewOptions['palette'];
  readonly #status: ViewOptions['status'];
  #activity: Activity | undefined;
  #wrap: WordWrap | undefined;
  #frame = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Lines that will be written anew: those from the growing line of the answer down to the status. */
  #linesAboveStatus = 0;

  constructor({ output, palette, status }: ViewOptions) {
    this.#output = output;
    this.#palette = palette;
    this.#status = status;
  }

  get columns(): number {
    return readableColumns(this.#output);
  }

  print(lines: readonly string[]): void {
    this.#redraw(lines);
  }

  show(activity: Activity): void {
    this.#activity = activity;
    if (this.#timer === undefined) {
      this.#output.write(HIDE_CURSOR);
      this.#timer = setInterval(() => {
        this.#frame += 1;
        this.#redraw([]);
      }, FRAME_MS);
      this.#timer.unref();
    }
    this.#redraw([]);
  }

  answer(text: string): void {
    this.#wrap ??= new WordWrap(this.columns - MARGIN.length);
    this.#redraw(this.#wrap.push(printable(text)).map((line) => this.#answerLine(line)));
  }

  finish(): void {
    const last = this.#wrap?.current.trimEnd() ?? '';
    this.#wrap = undefined;
    this.#activity = undefined;
    this.#redraw(last === '' ? [] : [this.#answerLine(last)]);
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#output.write(SHOW_CURSOR);
  }

  /** One write for everything, or the terminal would flicker. */
  #redraw(lines: readonly string[]): void {
    const erase = `\r${upBy(this.#linesAboveStatus)}${ERASE_BELOW}`;
    const growing = this.#growingLines();
    const status = this.#statusLine();
    this.#linesAboveStatus = growing.length;
    this.#output.write(erase + [...lines, ...growing].map((line) => `${line}\n`).join('') + status);
  }

  /** The line of the answer that is not complete, and an empty one that sets the status off. */
  #growingLines(): string[] {
    if (this.#wrap === undefined) return [];
    const { current } = this.#wrap;
    return current === '' ? [''] : [this.#answerLine(current), ''];
  }

  #statusLine(): string {
    if (this.#activity === undefined) return '';
    const room = columnsOf(this.#output) - MARGIN.length;
    return MARGIN + statusLine(this.#status(this.#activity), this.#frame, room, this.#palette);
  }

  #answerLine(line: string): string {
    return MARGIN + accentCitations(line, this.#palette);
  }
}
