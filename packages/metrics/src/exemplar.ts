import type { ProblemReporter } from './problem-reporter.ts';

/** Where a value was measured: the span that its example links to. */
export interface Exemplar {
  readonly trace_id: string;
  readonly span_id: string;
}

/** Names the span that is running, if it is sampled; called for every value. */
export type ExemplarSource = () => Exemplar | undefined;

/** W3C trace context: 16 and 8 bytes. */
const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;
const NO_TRACE_ID = '0'.repeat(32);
const NO_SPAN_ID = '0'.repeat(16);

/** The exemplar of a value, or none: without a span, and when the source fails, which is reported. */
export function readExemplar(
  source: ExemplarSource,
  reporter: ProblemReporter,
): { trace_id: string; span_id: string } | undefined {
  try {
    const exemplar = source();
    if (exemplar === undefined) return undefined;
    const { trace_id, span_id } = exemplar;
    if (trace_id === NO_TRACE_ID || span_id === NO_SPAN_ID) return undefined;
    if (TRACE_ID.test(trace_id) && SPAN_ID.test(span_id)) return { trace_id, span_id };
    reporter.report(
      'exemplar ids',
      'An exemplar must have a `trace_id` of 32 and a `span_id` of 16 hexadecimal digits in lower case; values are recorded without it.',
    );
  } catch (error) {
    reporter.report('exemplar', 'The `exemplar` of the metrics threw.', error);
  }
  return undefined;
}
