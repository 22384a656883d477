import { compact, counted, seconds } from './figures.ts';
import type { Palette } from './palette.ts';
import { fitted, textWidth } from './text-width.ts';
import type { Totals } from './traffic.ts';

/** What the demo is doing. */
export interface Activity {
  readonly label: string;
  /** How far it is, where that is known. */
  readonly progress?: { readonly done: number; readonly of: number; readonly unit: string };
}

/** What a status line tells. */
export interface Status {
  readonly activity: Activity;
  readonly totals: Totals;
  /** What is being waited for. */
  readonly wait?: string | undefined;
  /** Milliseconds since the start. */
  readonly elapsedMs: number;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
/** Columns of the bar, the wider the better. */
const BAR_WIDTHS = [20, 10];

/** A status as plain text: `embedding 128/236 passages · 5 requests · 0 retries · 41k tokens · 1.2 s`. */
export function statusText(status: Status): string {
  return [doing(status.activity), ...trafficParts(status)].join(' · ');
}

/** A status for a terminal, in at most so many columns: what does not fit is left out from the right. */
export function statusLine(
  status: Status,
  frame: number,
  columns: number,
  palette: Palette,
): string {
  const spinner = palette.accent(SPINNER[frame % SPINNER.length] ?? '');
  const room = columns - 2;
  const parts = [doing(status.activity), ...waitParts(status), ...trafficParts(status)];
  const whole = parts.join(' · ');
  for (const width of BAR_WIDTHS) {
    const bar = barOf(status.activity, width);
    if (bar !== '' && textWidth(whole) + width < room) {
      return `${spinner} ${palette.accent(bar)} ${whole}`;
    }
  }
  while (parts.length > 1 && textWidth(parts.join(' · ')) > room) parts.pop();
  return `${spinner} ${fitted(parts.join(' · '), room)}`;
}

function doing({ label, progress }: Activity): string {
  if (progress === undefined) return label;
  return `${label} ${progress.done}/${progress.of} ${progress.unit}`;
}

function waitParts({ wait }: Status): string[] {
  return wait === undefined ? [] : [wait];
}

function trafficParts({ totals, elapsedMs }: Status): string[] {
  return [
    counted(totals.requests, 'request'),
    counted(totals.retries, 'retry', 'retries'),
    `${compact(totals.promptTokens + totals.completionTokens)} tokens`,
    seconds(elapsedMs),
  ];
}

function barOf({ progress }: Activity, width: number): string {
  if (progress === undefined) return '';
  const full = Math.round(Math.min(1, progress.done / Math.max(1, progress.of)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
