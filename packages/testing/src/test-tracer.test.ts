import { describe, expect, it } from 'vitest';
import { noopSpan } from '@integrations/types';
import { TestTracer } from './test-tracer.ts';

describe('TestTracer', () => {
  it('keeps everything that a span is told', () => {
    const tracer = new TestTracer();
    const failure = new Error('refused');
    const span = tracer.startSpan('chat', {
      kind: 'client',
      attributes: { model: 'large', absent: undefined },
    });
    span.setAttribute('tokens', 12);
    span.addEvent('first token', { after: 5 });
    span.addEvent('bare');
    span.recordError(failure);
    span.setStatus('error');
    expect(tracer.open).toEqual([span]);
    span.end();
    expect(tracer.spans).toEqual([span]);
    expect(span).toMatchObject({ name: 'chat', kind: 'client', status: 'error', ended: true });
    expect(span.attributes).toEqual({ model: 'large', tokens: 12 });
    expect(Object.keys(span.attributes)).not.toContain('absent');
    expect(span.events).toEqual([
      { name: 'first token', attributes: { after: 5 } },
      { name: 'bare', attributes: {} },
    ]);
    expect(span.errors).toEqual([failure]);
    expect(tracer.open).toEqual([]);
  });

  it('starts a span as internal, unset, open and without a parent', () => {
    const span = new TestTracer().startSpan('chat');
    expect(span).toMatchObject({ kind: 'internal', status: 'unset', ended: false });
    expect(span.parent).toBeUndefined();
  });

  it('keeps nothing after the end but the calls that came too late', () => {
    const span = new TestTracer().startSpan('chat');
    span.end();
    span.setAttribute('a', 1);
    span.addEvent('e');
    span.recordError(new Error('late'));
    span.setStatus('ok');
    span.end();
    expect([span.attributes, span.events, span.errors, span.status]).toEqual([{}, [], [], 'unset']);
    expect(span.lateCalls).toEqual(['setAttribute', 'addEvent', 'recordError', 'setStatus', 'end']);
  });

  it('makes the current span the parent, through async work and not beyond', async () => {
    const tracer = new TestTracer();
    const root = tracer.startSpan('root');
    const result = await tracer.withSpan(root, async () => {
      await Promise.resolve();
      const child = tracer.startSpan('child');
      return tracer.withSpan(child, () => tracer.startSpan('grandchild').parent);
    });
    expect(result).toBe(tracer.span('child'));
    expect(tracer.span('child').parent).toBe(root);
    expect(tracer.currentSpan()).toBeUndefined();
    expect(tracer.startSpan('other').parent).toBeUndefined();
  });

  it('keeps two concurrent operations apart', async () => {
    const tracer = new TestTracer();
    const run = (name: string): Promise<unknown> =>
      tracer.withSpan(tracer.startSpan(name), async () => {
        for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
        return tracer.currentSpan();
      });
    const [a, b] = await Promise.all([run('a'), run('b')]);
    expect([a, b]).toEqual([tracer.span('a'), tracer.span('b')]);
    expect(a).toBe(tracer.span('a'));
  });

  it('prefers the parent that is named over the current span', () => {
    const tracer = new TestTracer();
    const span = tracer.withSpan(tracer.startSpan('root'), () =>
      tracer.startSpan('child', { parent: noopSpan }),
    );
    expect(span.parent).toBe(noopSpan);
  });

  it('leaves the current span when the work throws', () => {
    const tracer = new TestTracer();
    const run = (): never => {
      throw new Error('broken');
    };
    expect(() => tracer.withSpan(tracer.startSpan('root'), run)).toThrow('broken');
    expect(tracer.currentSpan()).toBeUndefined();
  });

  it('has headers that tell the trace, and each span in it', () => {
    const tracer = new TestTracer();
    const root = tracer.startSpan('root');
    const child = tracer.startSpan('child', { parent: root });
    const other = tracer.startSpan('other');
    const first = `00-${'0'.repeat(31)}1`;
    expect([root, child, other].map((span) => tracer.propagationHeaders(span))).toEqual([
      { traceparent: `${first}-0000000000000001-01` },
      { traceparent: `${first}-0000000000000002-01` },
      { traceparent: `00-${'0'.repeat(31)}3-0000000000000003-01` },
    ]);
    child.end();
    tracer.clear();
    expect(tracer.propagationHeaders(child)).toEqual({
      traceparent: `${first}-0000000000000002-01`,
    });
    expect(tracer.propagationHeaders(noopSpan)).toEqual({});
  });

  it('says which spans there are when the one asked for is not the only one', () => {
    const tracer = new TestTracer();
    tracer.startSpan('a');
    tracer.startSpan('a');
    expect(() => tracer.span('b')).toThrow('no span named "b" among ["a", "a"]');
    expect(() => tracer.span('a')).toThrow('2 spans named "a"');
    tracer.clear();
    expect(tracer.spans).toEqual([]);
  });
});
