import { afterEach, describe, expect, it, vi } from 'vitest';
import { find, type Series, seriesOf, sum } from './metric-series.test.support.ts';
import { ObservedClient } from './observed-client.test.support.ts';
import { failing, MINI, readAndLeave, work } from './observed-work.test.support.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the latest conventions', () => {
  it('give their names to an environment that opts in', async () => {
    vi.stubEnv('OTEL_SEMCONV_STABILITY_OPT_IN', 'http, gen_ai_latest_experimental');
    await using observed = await ObservedClient.start();
    const done = await work(observed);
    await observed.observation.flush();
    const { metrics } = observed.observation.collector;
    const told = metrics.filter(({ name }) => name.startsWith('gen_ai'));
    const scope = 'gen_ai.client.inference';
    expect(new Set(told.map(({ name, kind, unit }) => `${name} ${kind} ${unit}`))).toEqual(
      new Set([
        'gen_ai.client.embeddings.duration histogram s',
        'gen_ai.client.embeddings.operation.input_tokens histogram {token}',
        `${scope}.duration histogram s`,
        `${scope}.operation.input_tokens histogram {token}`,
        `${scope}.operation.output_tokens histogram {token}`,
        `${scope}.time_per_output_chunk histogram s`,
        `${scope}.time_to_first_chunk histogram s`,
        `${scope}.usage.cache_read.input_tokens sum {token}`,
        `${scope}.usage.input_tokens sum {token}`,
        `${scope}.usage.output_tokens sum {token}`,
        `${scope}.usage.reasoning.output_tokens sum {token}`,
      ]),
    );
    const output = find(metrics, `${scope}.usage.output_tokens`);
    const mini = [done.small, done.retried].map(({ usage }) => usage?.completion_tokens ?? 0);
    expect(sum(output, { 'gen_ai.response.model': done.small.model })).toBe(
      mini.reduce((all, one) => all + one, done.wholeUsage.outputTokens),
    );
  });
});

describe('the usage of a stream', () => {
  const usage = (observed: ObservedClient): Series =>
    seriesOf(find(observed.observation.collector.metrics, 'openai_usage_total').points);

  it('is unknown, and counts as no tokens, where a whole one does not tell', async () => {
    await using observed = await ObservedClient.start();
    const stream = await observed.client.chat.createStream({
      model: MINI,
      messages: [{ role: 'user', content: 'What is a ledger?' }],
    });
    await stream.finalCompletion();
    await observed.observation.flush();
    expect(usage(observed)).toEqual({ [`model=${MINI} state=unknown`]: 1 });
    const names = observed.observation.collector.metrics.map(({ name }) => name);
    expect(names).not.toContain('openai_tokens_total');
    const root = observed.observation.collector.spans.find(
      ({ parentSpanId }) => parentSpanId === '',
    );
    expect(root?.attributes['openai.usage.state']).toBe('unknown');
  });

  it.each([
    ['left by its reader', { stallAfterEvents: 4 }, 'cancelled'],
    ['cut by the server', { cutAfterEvents: 4 }, 'error'],
    ['ended by an error event', { errorEvent: { afterEvents: 4 } }, 'error'],
  ])('is estimated where it was %s', async (_how, ending, status) => {
    await using observed = await ObservedClient.start();
    const chunks = status === 'cancelled' ? 4 : Infinity;
    const reading = readAndLeave(observed.client, chunks, ending);
    await (status === 'cancelled' ? reading : failing(reading));
    await observed.observation.flush();
    const { metrics, spans } = observed.observation.collector;
    expect(seriesOf(find(metrics, 'openai_requests_total').points)).toEqual({
      [`endpoint=chat model=${MINI} status=${status}`]: 1,
    });
    expect(usage(observed)).toEqual({ [`model=${MINI} state=estimated`]: 1 });
    const tokens = find(metrics, 'openai_tokens_total');
    expect(sum(tokens, { type: 'completion' })).toBe(4);
    expect(sum(tokens, { type: 'prompt' })).toBeGreaterThan(0);
    const root = spans.find(({ parentSpanId }) => parentSpanId === '');
    expect(root?.attributes['openai.usage.state']).toBe('estimated');
  });
});
