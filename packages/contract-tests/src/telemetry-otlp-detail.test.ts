import { createRateLimiter, Gcra } from '@integrations/rate-limits';
import type { RateLimiter } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { ATTEMPT, callsOf, callTree, DESERIALIZE } from './call-trees.test.support.ts';
import { ObservedClient } from './observed-client.test.support.ts';
import { failing, fault, MINI, QUESTION, work } from './observed-work.test.support.ts';
import { outline, theSpan } from './span-tree.test.support.ts';

const MILLISECONDS: unknown = expect.any(Number);

describe('the detail of spans', () => {
  const EXECUTE = ['  openai.resilience.execute internal ok', '    openai.http_request client ok'];

  it.each([
    ['full', callTree('openai.chat.create', 'ok', [...ATTEMPT, DESERIALIZE])],
    ['standard', ['openai.chat.create client ok', ...EXECUTE]],
    ['minimal', ['openai.chat.create client ok']],
  ] as const)('gives exactly its subset: %s', async (spanDetail, tree) => {
    await using observed = await ObservedClient.start({ client: { spanDetail } });
    await observed.client.chat.create(QUESTION);
    await observed.observation.flush();
    const { spans } = observed.observation.collector;
    const root = theSpan(spans, 'openai.chat.create');
    expect(outline(spans, root)).toEqual(tree);
    expect(spans).toHaveLength(tree.length);
    const told = spanDetail === 'minimal' ? root : theSpan(spans, 'openai.http_request');
    const traceparent = observed.simulator.requests[0]?.headers['traceparent'];
    expect(traceparent).toBe(`00-${told.traceId}-${told.spanId}-01`);
  });

  it.each(['standard', 'minimal'] as const)(
    'tells the same on the root: %s',
    async (spanDetail) => {
      await using observed = await ObservedClient.start({ client: { spanDetail } });
      const { usage } = await observed.client.chat.create(QUESTION);
      await failing(observed.client.chat.create(QUESTION, { headers: fault({ status: 401 }) }));
      await observed.observation.flush();
      const [good, bad] = callsOf(observed.observation.collector.spans);
      expect(good?.attributes).toMatchObject({
        'gen_ai.request.model': MINI,
        'gen_ai.usage.input_tokens': usage?.prompt_tokens,
        'openai.usage.state': 'reported',
      });
      expect(bad).toMatchObject({
        status: 'error',
        attributes: { 'error.type': 'authentication' },
      });
    },
  );
});

describe('calls that wait in line', () => {
  /** One request every ten milliseconds. */
  const spaced = (): RateLimiter =>
    createRateLimiter({ requestLimits: [new Gcra({ limit: 6000 })] });

  it.each([
    ['for a place', { concurrency: 1 }],
    ['for the rate limit', { rateLimit: spaced() }],
    ['for both', { concurrency: 1, rateLimit: spaced() }],
  ])('keep their spans below their own: %s', async (_line, client) => {
    await using observed = await ObservedClient.start({ client });
    const { tracer, collector } = observed.observation;
    const orders = Array.from({ length: 4 }, (_, order) => tracer.startSpan(`order ${order}`));
    await Promise.all(
      orders.map((order) => tracer.withSpan(order, () => observed.client.chat.create(QUESTION))),
    );
    for (const order of orders) order.end();
    await observed.observation.flush();
    const tree = callTree('  openai.chat.create', 'ok', [...ATTEMPT, DESERIALIZE]);
    for (const order of orders.keys()) {
      const span = theSpan(collector.spans, `order ${order}`);
      const [, ...below] = outline(collector.spans, span);
      expect(below.map((line) => line.trim())).toEqual(tree.map((line) => line.trim()));
    }
    const told = observed.simulator.requests.map(({ headers }) => headers['traceparent']);
    const http = collector.spans.filter(({ name }) => name === 'openai.http_request');
    expect(new Set(told)).toEqual(
      new Set(http.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`)),
    );
  });

  it('tell how long they waited', async () => {
    await using observed = await ObservedClient.start({ client: { rateLimit: spaced() } });
    await Promise.all([1, 2].map(() => observed.client.chat.create(QUESTION)));
    await observed.observation.flush();
    const waits = observed.observation.collector.spans
      .filter(({ name }) => name === 'openai.rate_limiter.acquire')
      .map(({ attributes }) => attributes['wait_time_ms']);
    expect(waits).toEqual([0, MILLISECONDS]);
    expect(waits[1]).toBeGreaterThan(0);
  });

  it('tell of a place that was waited for', async () => {
    await using observed = await ObservedClient.start({ client: { concurrency: 1 } });
    await Promise.all([1, 2].map(() => observed.client.chat.create(QUESTION)));
    await observed.observation.flush();
    const events = observed.observation.collector.spans
      .filter(({ name }) => name === 'openai.resilience.execute')
      .flatMap(({ events: all }) => all);
    expect(events).toEqual([
      { name: 'bulkhead_acquired', attributes: { wait_time_ms: MILLISECONDS } },
    ]);
  });
});

describe('a trace that is not sampled', () => {
  it.each(['minimal', 'standard', 'full'] as const)(
    'is not sent, and the server is told so: %s',
    async (spanDetail) => {
      await using observed = await ObservedClient.start({ client: { spanDetail }, sampleRatio: 0 });
      await work(observed);
      await observed.observation.flush();
      expect(observed.observation.collector.spans).toEqual([]);
      const told = observed.simulator.requests.map(({ headers }) => headers['traceparent']);
      expect(told).toHaveLength(8);
      for (const traceparent of told)
        expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
    },
  );
});
