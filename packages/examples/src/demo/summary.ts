import type { DemoOptions } from './arguments.ts';
import { type Field, fieldList } from './field-list.ts';
import { duration, grouped } from './figures.ts';
import { MARGIN } from './live-view.ts';
import type { Palette } from './palette.ts';
import type { ResilienceTotals } from './resilience-watch.ts';
import type { Totals } from './traffic.ts';

/** What a run came to. */
export interface Outcome {
  readonly files: number;
  readonly passages: number;
  readonly totals: Totals;
  /** Known when there were faults on purpose. */
  readonly resilience?: ResilienceTotals | undefined;
  /** Milliseconds. */
  readonly times: {
    readonly embedding: number;
    /** From the question to the first word of its answer; undefined if there was none. */
    readonly firstToken: number | undefined;
    readonly total: number;
  };
}

const TOKENS = 'Tokens are as the provider reported them.';
const WAITS = 'Waits are those for retries and breakers; calls wait side by side.';

/** The table at the end. */
export function summaryLines(outcome: Outcome, columns: number, palette: Palette): string[] {
  const { totals, times, resilience } = outcome;
  const first = times.firstToken;
  const counts = alignedRight([
    ['Files', grouped(outcome.files)],
    ['Passages', grouped(outcome.passages)],
    ['Requests', grouped(totals.requests)],
    ['Retries', grouped(totals.retries)],
    ...(resilience === undefined ? [] : resilienceFields(resilience)),
    ['Tokens in', grouped(totals.promptTokens)],
    ['Tokens out', grouped(totals.completionTokens)],
    ['Embedding', duration(times.embedding)],
    ...(first === undefined ? [] : [['First token', duration(first)] as const]),
    ['Total', duration(times.total)],
  ]);
  const notes = resilience === undefined ? [TOKENS] : [TOKENS, WAITS];
  return [
    '',
    MARGIN + palette.title('Summary'),
    ...fieldList(counts, columns, palette),
    '',
    ...notes.map((note) => MARGIN + palette.label(note)),
  ];
}

/** What to try after a run like this one. */
export function hintLines({ live, path }: DemoOptions, palette: Palette): string[] {
  const command = 'npx -y pnpm@12 demo';
  const hints = [
    `${command} --question "How is an API key kept out of logs?"`,
    ...(path === undefined ? [`${command} --dir PATH`] : []),
    ...(live ? [] : [`OPENAI_API_KEY=… ${command} --live`]),
  ];
  const label = 'Try next  ';
  return [
    '',
    ...hints.map((hint, at) => {
      const before = at === 0 ? palette.label(label) : ' '.repeat(label.length);
      return MARGIN + before + palette.accent(hint);
    }),
    '',
  ];
}

/** Where metrics are served after a run, and how to end that. */
export function endpointLines(url: string, palette: Palette): string[] {
  return [
    `${MARGIN}${palette.label('Metrics')}  ${palette.accent(url)}`,
    MARGIN + palette.label('Served until you press Ctrl-C.'),
  ];
}

function resilienceFields({ waits, waitedMs, openings, refused }: ResilienceTotals): Field[] {
  return [
    ['Waits', grouped(waits)],
    ['Waited', duration(waitedMs)],
    ['Breaker openings', grouped(openings)],
    ['Refused calls', grouped(refused)],
  ];
}

function alignedRight(fields: readonly Field[]): Field[] {
  const width = Math.max(...fields.map(([, value]) => value.length));
  return fields.map(([name, value]) => [name, value.padStart(width)]);
}
