/** The span that a line belongs to, under the names that the line shows. */
export interface SpanContext {
  readonly trace_id: string;
  readonly span_id: string;
  readonly name?: string;
}

/** Tells the current span, if there is one. Asked for each line that is written. */
export type SpanContextSource = () => SpanContext | undefined;
