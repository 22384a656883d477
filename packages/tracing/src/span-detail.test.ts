import { ConfigurationError } from '@integrations/errors';
import { TestTracer } from '@integrations/testing';
import type { Tracer } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { SPAN_LEVELS, type SpanDetail, withDetail } from './span-detail.ts';

type Tree = { readonly [name: string]: Tree };

const OPENAI: Tree = {
  'openai.chat.create': {
    'openai.validate_request': {},
    'openai.resilience.execute': {
      'openai.circuit_breaker.check': {},
      'openai.rate_limiter.acquire': {},
      'openai.http_request': {
        'openai.serialize_request': {},
        'http.send': {},
        'openai.deserialize_response': {},
      },
    },
    'openai.record_metrics': {},
  },
};

const MISTRAL: Tree = {
  'mistral.chat.create_stream': { 'mistral.resilience.execute': { 'mistral.http.request': {} } },
};

/** Runs the work of a call: children by the current span, or by the parent that they name. */
async function trace(tracer: Tracer, tree: Tree, explicit: boolean): Promise<void> {
  for (const [name, children] of Object.entries(tree)) {
    const span = tracer.startSpan(name);
    await tracer.withSpan(span, async () => {
      await Promise.resolve();
      if (!explicit) await trace(tracer, children, false);
    });
    if (explicit) {
      for (const [child, below] of Object.entries(children)) {
        const inner = tracer.startSpan(child, { parent: span });
        for (const grandchild of Object.keys(below)) {
          tracer.startSpan(grandchild, { parent: inner }).end();
        }
        inner.end();
      }
    }
    span.end();
  }
}

async function recorded(tree: Tree, detail: SpanDetail, explicit = false): Promise<string[]> {
  const target = new TestTracer();
  await trace(withDetail(target, detail), tree, explicit);
  expect(target.open).toEqual([]);
  return target.spans.map(({ name, parent }) => {
    const above = target.spans.find((span) => span === parent)?.name;
    return above === undefined ? name : `${above} > ${name}`;
  });
}

describe('withDetail', () => {
  it('records the operation alone at minimal', async () => {
    expect(await recorded(OPENAI, 'minimal')).toEqual(['openai.chat.create']);
    expect(await recorded(MISTRAL, 'minimal')).toEqual(['mistral.chat.create_stream']);
  });

  it('records retries and requests at standard', async () => {
    expect(await recorded(OPENAI, 'standard')).toEqual([
      'openai.chat.create',
      'openai.chat.create > openai.resilience.execute',
      'openai.resilience.execute > openai.http_request',
    ]);
    expect(await recorded(MISTRAL, 'standard')).toEqual([
      'mistral.chat.create_stream',
      'mistral.chat.create_stream > mistral.resilience.execute',
      'mistral.resilience.execute > mistral.http.request',
    ]);
  });

  it('records the whole tree at full', async () => {
    const edges = (tree: Tree, above?: string): string[] =>
      Object.entries(tree).flatMap(([name, below]) => [
        above === undefined ? name : `${above} > ${name}`,
        ...edges(below, name),
      ]);
    for (const tree of [OPENAI, MISTRAL]) expect(await recorded(tree, 'full')).toEqual(edges(tree));
  });

  it('hangs the children of a muted span on what is above it, named or current', async () => {
    const levels: Tree = {
      'app.call': { 'openai.resilience.execute': { 'app.inner': {} }, 'http.send': { deep: {} } },
    };
    const expected = ['app.call', 'app.call > app.inner', 'app.call > deep'];
    expect(await recorded(levels, 'minimal')).toEqual(expected);
    expect(await recorded(levels, 'minimal', true)).toEqual(expected);
  });

  it('makes the span above the current one inside of a muted span, and drops what that is told', () => {
    const target = new TestTracer();
    const tracer = withDetail(target, 'minimal');
    const root = tracer.startSpan('root');
    tracer.withSpan(root, () => {
      const muted = tracer.startSpan('http.send', { attributes: { lost: true } });
      muted.setAttribute('lost', true);
      muted.addEvent('lost');
      muted.recordError(new Error('lost'));
      muted.setStatus('error');
      tracer.withSpan(muted, () => tracer.currentSpan()?.setAttribute('current', 'root'));
      muted.end();
    });
    expect(target.span('root')).toMatchObject({
      attributes: { current: 'root' },
      events: [],
      errors: [],
      status: 'unset',
    });
  });

  it('lets muted spans without anything above run, and their children begin traces', () => {
    const target = new TestTracer();
    const tracer = withDetail(target, 'minimal');
    const muted = tracer.startSpan('http.send');
    expect(tracer.withSpan(muted, () => 'ran')).toBe('ran');
    tracer.startSpan('child', { parent: muted }).end();
    expect(target.span('child').parent).toBeUndefined();
  });

  it('takes a table of your own, and gives back the tracer where it mutes nothing', () => {
    const target = new TestTracer();
    expect(withDetail(target, 'full')).toBe(target);
    const tracer = withDetail(target, 'standard', { levels: { 'app.step': 'full' } });
    tracer.startSpan('app.step').end();
    tracer.startSpan('http.send').end();
    expect(target.spans.map(({ name }) => name)).toEqual(['http.send']);
  });

  it('refuses an unknown detail or level', () => {
    const target = new TestTracer();
    expect(() => withDetail(target, 'more' as never)).toThrow(ConfigurationError);
    expect(() => withDetail(target, 'full', { levels: { a: 'toString' as never } })).toThrow(
      'levels.a',
    );
  });

  it('lists every inner span of both trees, and no operation', () => {
    const names = (tree: Tree): string[] =>
      Object.entries(tree).flatMap(([name, below]) => [name, ...names(below)]);
    const [openaiRoot, ...openai] = names(OPENAI);
    const [mistralRoot, ...mistral] = names(MISTRAL);
    for (const name of [...openai, ...mistral]) expect(SPAN_LEVELS).toHaveProperty([name]);
    for (const root of [openaiRoot, mistralRoot])
      expect(SPAN_LEVELS).not.toHaveProperty([String(root)]);
  });
});
