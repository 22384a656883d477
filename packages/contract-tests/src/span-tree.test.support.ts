import type { CollectedSpan } from './otlp-collector.test.support.ts';

/** The spans below one, in the order of their beginnings. */
export function childrenOf(
  spans: readonly CollectedSpan[],
  parent: CollectedSpan,
): CollectedSpan[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent.spanId)
    .toSorted((one, other) => Number(one.startedAt - other.startedAt));
}

/** A span and all below it, a line for each: indentation, name, kind and status. */
export function outline(
  spans: readonly CollectedSpan[],
  root: CollectedSpan,
  depth = 0,
): readonly string[] {
  const line = `${'  '.repeat(depth)}${root.name} ${root.kind} ${root.status}`;
  const below = childrenOf(spans, root).flatMap((child) => outline(spans, child, depth + 1));
  return [line, ...below];
}

/** A span and all below it. */
export function withDescendants(
  spans: readonly CollectedSpan[],
  root: CollectedSpan,
): readonly CollectedSpan[] {
  return [root, ...childrenOf(spans, root).flatMap((child) => withDescendants(spans, child))];
}

/** The only span of a name. */
export function theSpan(spans: readonly CollectedSpan[], name: string): CollectedSpan {
  const [found, ...others] = spans.filter((span) => span.name === name);
  if (found === undefined || others.length > 0) {
    throw new Error(`one span ${name} expected, among ${spans.map((span) => span.name).join()}`);
  }
  return found;
}

/** The spans of a name, of a call and all below it. */
export function stepsOf(
  spans: readonly CollectedSpan[],
  root: CollectedSpan,
  name: string,
): readonly CollectedSpan[] {
  return withDescendants(spans, root).filter((span) => span.name === name);
}
