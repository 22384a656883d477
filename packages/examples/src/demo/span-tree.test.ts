import { describe, expect, it } from 'vitest';
import { createSpanRecorder } from './span-recorder.ts';
import { shapeOf, type SpanNode } from './span-tree.ts';

interface Names {
  readonly [name: string]: Names;
}

function namesOf(nodes: readonly SpanNode[]): Names {
  return Object.fromEntries(nodes.map(({ name, children }) => [name, namesOf(children)]));
}

function nodeOf(changes: Partial<SpanNode> = {}): SpanNode {
  const plain = { name: 'a', startMs: 0, durationMs: 1, attributes: {}, children: [] };
  return { ...plain, status: 'ok', ...changes };
}

describe('spanTrees', () => {
  it('puts the spans of a tracer below their parents, in the order in which they began', () => {
    const { tracer, trees } = createSpanRecorder();
    const call = tracer.startSpan('call');
    const first = tracer.startSpan('first', { parent: call });
    tracer.startSpan('within', { parent: first, attributes: { size: 3 } }).end();
    first.end();
    const second = tracer.startSpan('second', { parent: call });
    second.setStatus('error');
    second.end();
    call.setStatus('ok');
    call.end();
    tracer.startSpan('next').end();
    expect(namesOf(trees())).toEqual({ call: { first: { within: {} }, second: {} }, next: {} });
    const [root] = trees();
    expect(root).toMatchObject({ status: 'ok', startMs: 0 });
    expect(root?.children.map(({ status }) => status)).toEqual(['unset', 'error']);
    expect(root?.children[0]?.children[0]?.attributes).toEqual({ size: 3 });
    expect(root?.durationMs).toBeGreaterThanOrEqual(root?.children[0]?.durationMs ?? Infinity);
  });

  it('shows what ended within a span that did not', () => {
    const { tracer, trees } = createSpanRecorder();
    const call = tracer.startSpan('call');
    tracer.startSpan('step', { parent: call }).end();
    expect(namesOf(trees())).toEqual({ step: {} });
  });

  it('has nothing to show before there are spans', () => {
    expect(createSpanRecorder().trees()).toEqual([]);
  });
});

describe('shapeOf', () => {
  it('sees no difference in times and figures', () => {
    const slow = nodeOf({ startMs: 9, durationMs: 9, attributes: { tokens: 9 } });
    expect(shapeOf(slow)).toBe(shapeOf(nodeOf()));
  });

  it.each<[string, Partial<SpanNode>]>([
    ['name', { name: 'b' }],
    ['status', { status: 'error' }],
    ['error', { attributes: { 'error.type': 'server' } }],
    ['child', { children: [nodeOf()] }],
    ['grandchild', { children: [nodeOf({ children: [nodeOf()] })] }],
    ['more children', { children: [nodeOf(), nodeOf()] }],
  ])('differs by %s', (_, changes) => {
    const others = [nodeOf(), nodeOf({ children: [nodeOf({ name: 'c' })] })];
    expect(others.map(shapeOf)).not.toContain(shapeOf(nodeOf(changes)));
  });
});
