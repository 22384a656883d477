import type { Palette } from './palette.ts';
import type { Activity, Status } from './status-line.ts';

/** Where a view writes; `process.stdout` is one. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Columns of the terminal. */
  readonly columns?: number | undefined;
}

/** What a view is made of. */
export interface ViewOptions {
  readonly output: OutputStream;
  readonly palette: Palette;
  /** What has happened so far; asked whenever it is shown. */
  readonly status: (activity: Activity) => Status;
}

/** Shows what the demo does while it does it. */
export interface LiveView {
  /** Columns that there are to write in. */
  readonly columns: number;
  /** Writes lines that stay. */
  print(lines: readonly string[]): void;
  /** Says what is being done now, and how far it is. */
  show(activity: Activity): void;
  /** Writes a piece of the answer as it arrives. */
  answer(text: string): void;
  /** Ends the answer, or what was being done, and leaves the cursor on a line of its own. */
  finish(): void;
}

/** What everything that is printed is set in by. */
export const MARGIN = '  ';

const USUAL_COLUMNS = 80;
const FEWEST_COLUMNS = 20;
/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;

/** The columns that there are; a terminal's last one stays free, for some wrap too early. */
export function columnsOf({ columns }: OutputStream): number {
  const given = columns === undefined || columns < 1 ? USUAL_COLUMNS : columns - 1;
  return Math.max(FEWEST_COLUMNS, given);
}

/** The columns to set text in. */
export function readableColumns(output: OutputStream): number {
  return Math.min(MOST_COLUMNS, columnsOf(output));
}

/** Sets the numbers of cited passages off from the answer. */
export function accentCitations(text: string, palette: Palette): string {
  return text.replace(/\[\d+\]/g, (number) => palette.accent(number));
}
