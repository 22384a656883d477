import { spanDetails } from './span-details.ts';
import { shapeOf, type SpanNode } from './span-tree.ts';

/** A span in its place in a tree. */
export interface TraceRow {
  readonly node: SpanNode;
  /** The lines of the tree before the name; none before that of a call. */
  readonly rails: string;
  /** Those that go on below it. */
  readonly railsBelow: string;
  readonly details: readonly string[];
}

/** The rows of calls, and whether some calls were cut down to one row. */
export interface TraceRows {
  readonly rows: readonly TraceRow[];
  readonly isFolded: boolean;
}

/** Calls as trees. One that went like another before it is a single row, of what it has of its own. */
export function traceRows(calls: readonly SpanNode[]): TraceRows {
  const shown = new Map<string, TraceRow>();
  const rows: TraceRow[] = [];
  for (const call of calls) {
    const shape = shapeOf(call);
    const like = shown.get(shape);
    const root = rowOf(call, '', '');
    if (like === undefined) {
      shown.set(shape, root);
      rows.push(root, ...rowsBelow(call, ''));
    } else {
      const details = root.details.filter((detail) => !like.details.includes(detail));
      rows.push({ ...root, railsBelow: '', details });
    }
  }
  return { rows, isFolded: shown.size < calls.length };
}

function rowsBelow({ children }: SpanNode, rails: string): TraceRow[] {
  return children.flatMap((node, at) => {
    const [branch, trunk] = at < children.length - 1 ? ['├ ', '│ '] : ['└ ', '  '];
    return [rowOf(node, rails + branch, rails + trunk), ...rowsBelow(node, rails + trunk)];
  });
}

function rowOf(node: SpanNode, rails: string, trunk: string): TraceRow {
  const railsBelow = node.children.length > 0 ? `${trunk}│ ` : trunk;
  return { node, rails, railsBelow, details: spanDetails(node.attributes) };
}
