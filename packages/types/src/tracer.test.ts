import { describe, expect, it } from 'vitest';
import { noopSpan, noopTracer } from './tracer.ts';

describe('noopTracer', () => {
  it('gives one span, which takes everything', () => {
    const span = noopTracer.startSpan('name', { kind: 'client', attributes: { a: 1 } });
    expect(span).toBe(noopSpan);
    expect(span.setAttribute('a', 1)).toBeUndefined();
    expect(span.addEvent('e', { a: 1 })).toBeUndefined();
    expect(span.recordError(new Error('broken'))).toBeUndefined();
    expect(span.setStatus('error')).toBeUndefined();
    expect(span.end()).toBeUndefined();
  });

  it('runs the work and gives its result, or throws its error', () => {
    const failure = new Error('broken');
    expect(noopTracer.withSpan(noopSpan, () => 5)).toBe(5);
    expect(() =>
      noopTracer.withSpan(noopSpan, () => {
        throw failure;
      }),
    ).toThrow(failure);
  });

  it('never has a current span', () => {
    expect(noopTracer.withSpan(noopSpan, () => noopTracer.currentSpan())).toBeUndefined();
  });
});
