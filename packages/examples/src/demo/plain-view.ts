import {
  accentCitations,
  readableColumns,
  type LiveView,
  MARGIN,
  type OutputStream,
  type ViewOptions,
} from './live-view.ts';
import { type Activity, statusText } from './status-line.ts';
import { printable } from './text-width.ts';
import { WordWrap } from './word-wrap.ts';

/** Progress is told so many times at most. */
const STEPS = 4;

/** Writes to files and pipes: a few lines of progress, and nothing is ever taken back. */
export class PlainView implements LiveView {
  readonly columns: number;
  readonly #output: OutputStream;
  readonly #palette: ViewOptions['palette'];
  readonly #status: ViewOptions['status'];
  #step = 0;
  #wrap: WordWrap | undefined;
  /** What of the growing line has been written. */
  #written = '';

  constructor({ output, palette, status }: ViewOptions) {
    this.columns = readableColumns(output);
    this.#output = output;
    this.#palette = palette;
    this.#status = status;
  }

  print(lines: readonly string[]): void {
    for (const line of lines) this.#output.write(`${line}\n`);
  }

  show(activity: Activity): void {
    const { progress } = activity;
    if (progress === undefined) return;
    const step = Math.floor((STEPS * progress.done) / Math.max(1, progress.of));
    if (step <= this.#step) return;
    this.#step = step;
    this.print([MARGIN + this.#palette.label(statusText(this.#status(activity)))]);
  }

  answer(text: string): void {
    this.#wrap ??= new WordWrap(this.columns - MARGIN.length);
    for (const line of this.#wrap.push(printable(text))) this.#endLine(line);
    // The last word may still grow, and then belong to the next line.
    const { current } = this.#wrap;
    this.#continueLine(current.slice(0, Math.max(0, current.lastIndexOf(' '))).trimEnd());
  }

  finish(): void {
    const last = this.#wrap?.current.trimEnd() ?? '';
    if (last !== '' || this.#written !== '') this.#endLine(last);
    this.#wrap = undefined;
    this.#step = 0;
  }

  #endLine(line: string): void {
    this.#continueLine(line);
    this.#output.write('\n');
    this.#written = '';
  }

  #continueLine(line: string): void {
    const addition = line.slice(this.#written.length);
    if (addition === '') return;
    const margin = this.#written === '' ? MARGIN : '';
    this.#output.write(margin + accentCitations(addition, this.#palette));
    this.#written = line;
  }
}
