import { type Attributes, type HrTime, SpanStatusCode } from '@opentelemetry/api';
import type { SpanStatus } from '@integrations/types';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** A span with all that happened within it. */
export interface SpanNode {
  readonly name: string;
  /** Milliseconds since the first span of all began. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  /** In the order in which they began. */
  readonly children: readonly SpanNode[];
}

const STATUSES: Readonly<Record<SpanStatusCode, SpanStatus>> = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'ok',
  [SpanStatusCode.ERROR]: 'error',
};

/** Puts finished spans below their parents; those whose parent is not among them are roots. */
export function spanTrees(spans: readonly ReadableSpan[]): SpanNode[] {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const byParent = new Map<string | undefined, ReadableSpan[]>();
  // Of two that begin in the same millisecond, the first to end is taken for the first to begin.
  for (const span of spans.toSorted((a, b) => startOf(a) - startOf(b))) {
    const parent = span.parentSpanContext?.spanId;
    const key = parent !== undefined && ids.has(parent) ? parent : undefined;
    byParent.set(key, [...(byParent.get(key) ?? []), span]);
  }
  const first = byParent.get(undefined)?.[0];
  const origin = first === undefined ? 0 : startOf(first);
  const nodesBelow = (parent: string | undefined): SpanNode[] =>
    (byParent.get(parent) ?? []).map((span) => ({
      name: span.name,
      startMs: startOf(span) - origin,
      durationMs: milliseconds(span.duration),
      status: STATUSES[span.status.code],
      attributes: span.attributes,
      children: nodesBelow(span.spanContext().spanId),
    }));
  return nodesBelow(undefined);
}

/** What two trees have in common that differ in their times and figures only. */
export function shapeOf({ name, status, attributes, children }: SpanNode): string {
  const error = JSON.stringify(attributes['error.type']);
  return `${name} ${status} ${error} (${children.map(shapeOf).join(', ')})`;
}

function startOf(span: ReadableSpan): number {
  return milliseconds(span.startTime);
}

function milliseconds([seconds, nanoseconds]: HrTime): number {
  return seconds * 1000 + nanoseconds / 1_000_000;
}
