import { wrongOption } from '@integrations/errors';

/**
 * How much of a call is traced: `minimal` is the call itself; `standard` adds what
 * its time went to, the attempts and their HTTP requests; `full` is every step.
 */
export type SpanDetail = 'minimal' | 'standard' | 'full';

const RANKS: Readonly<Record<SpanDetail, number>> = { minimal: 0, standard: 1, full: 2 };

/** @throws ConfigurationError when the detail is unknown. */
export function checkSpanDetail(detail: SpanDetail): SpanDetail {
  if (Object.hasOwn(RANKS, detail)) return detail;
  throw wrongOption('spanDetail', "'minimal', 'standard' or 'full'", detail);
}

/** Whether spans of one detail are made where another is asked for. */
export function isTraced(detail: SpanDetail, asked: SpanDetail): boolean {
  return RANKS[detail] <= RANKS[asked];
}
