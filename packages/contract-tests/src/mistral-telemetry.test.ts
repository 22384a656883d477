import { createMistralClient, type MistralClient } from '@integrations/mistral';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { find, keyOf } from './metric-series.test.support.ts';
import { Observation } from './observed-client.test.support.ts';
import { failing, fault } from './observed-work.test.support.ts';
import type { CollectedMetric, CollectedSpan } from './otlp-collector.test.support.ts';
import { childrenOf, outline, stepsOf, theSpan } from './span-tree.test.support.ts';

const MODEL = 'mistral-small-latest';
const EMBEDDER = 'mistral-embed';
const QUESTION = {
  model: MODEL,
  messages: [{ role: 'user', content: 'What is a ledger?' }],
  temperature: 0.5,
  max_tokens: 50,
} as const;

const NUMBER: unknown = expect.any(Number);
const COUNT = '1';

/** Name, kind, unit, labels in the order of the alphabet, and buckets. */
type MetricRow = readonly [
  name: string,
  kind: string,
  unit: string,
  labels: string,
  buckets?: readonly number[],
];

/** Every metric, as it is specified; where buckets are not given they are ours to choose. */
const METRICS: readonly MetricRow[] = [
  ['mistral_requests_total', 'sum', COUNT, 'endpoint method model status'],
  [
    'mistral_request_duration_seconds',
    'histogram',
    's',
    'endpoint method model',
    [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  ],
  ['mistral_request_size_bytes', 'histogram', 'By', 'endpoint'],
  ['mistral_response_size_bytes', 'histogram', 'By', 'endpoint'],
  ['mistral_tokens_total', 'sum', COUNT, 'model type'],
  ['mistral_tokens_per_request', 'histogram', COUNT, 'model type'],
  ['mistral_usage_total', 'sum', COUNT, 'model state'],
  ['mistral_stream_chunks_total', 'sum', COUNT, 'model'],
  [
    'mistral_time_to_first_token_seconds',
    'histogram',
    's',
    'model',
    [0.05, 0.1, 0.25, 0.5, 1, 2, 5],
  ],
  ['mistral_stream_duration_seconds', 'histogram', 's', 'model'],
  ['mistral_retries_total', 'sum', COUNT, 'endpoint reason'],
  ['mistral_circuit_breaker_state', 'gauge', COUNT, ''],
  ['mistral_circuit_breaker_transitions_total', 'sum', COUNT, 'from to'],
  ['mistral_rate_limit_wait_seconds', 'histogram', 's', ''],
  ['mistral_rate_limit_rejections_total', 'sum', COUNT, ''],
  ['mistral_errors_total', 'sum', COUNT, 'endpoint status_code type'],
];

describe('what a client of Mistral reports', () => {
  let simulator: Simulator;
  let client: MistralClient;
  let observation: Observation;
  let spans: readonly CollectedSpan[];
  let metrics: readonly CollectedMetric[];
  let chunks = 0;

  async function work(): Promise<void> {
    await client.chat.create(QUESTION);
    for await (const { id } of await client.chat.createStream(QUESTION))
      chunks += id === '' ? 0 : 1;
    await client.embeddings.create({ model: EMBEDDER, input: 'A book of accounts.' });
    simulator.inject({ times: 1, fault: { status: 503 } });
    await client.fim.create({ model: 'codestral-latest', prompt: 'def add(' });
    await failing(client.agents.get('unknown'));
    await failing(client.chat.create({ ...QUESTION, max_tokens: 100_000_000 }));
    const headers = fault({ status: 500 });
    for (let call = 0; call < 6; call += 1) {
      await failing(client.models.list({}, { headers, maxRetries: 0 }));
    }
  }

  beforeAll(async () => {
    simulator = await createSimulator({ provider: 'mistral', apiKeys: ['test-key'] });
    observation = await Observation.start();
    client = createMistralClient({
      apiKey: 'test-key',
      baseURL: simulator.baseURL,
      retry: { initialDelay: 1, maxDelay: 2 },
      ...observation.sinks,
    });
    await work();
    await observation.flush();
    ({ spans, metrics } = observation.collector);
  });

  afterAll(async () => {
    await client.close();
    await simulator.close();
    await observation[Symbol.asyncDispose]();
  });

  function rootOf(name: string): CollectedSpan {
    const [first] = spans.filter((span) => span.name === name);
    return first ?? theSpan(spans, name);
  }

  it('is the tree of a call', () => {
    expect(outline(spans, rootOf('mistral.chat.create'))).toEqual([
      'mistral.chat.create client ok',
      '  mistral.resilience.execute internal ok',
      '    mistral.http.request client ok',
    ]);
    expect(outline(spans, rootOf('mistral.fim.create'))).toEqual([
      'mistral.fim.create client ok',
      '  mistral.resilience.execute internal ok',
      '    mistral.http.request client error',
      '    mistral.http.request client ok',
    ]);
    expect(
      spans.filter(({ parentSpanId, name }) => !parentSpanId && /http|resil/.test(name)),
    ).toEqual([]);
  });

  it('says of a call what was asked, and what came of it', () => {
    const { attributes } = rootOf('mistral.chat.create');
    expect(attributes).toMatchObject({
      'mistral.model': MODEL,
      'mistral.messages.count': 1,
      'mistral.temperature': 0.5,
      'mistral.max_tokens': 50,
      'mistral.finish_reason': 'stop',
      'mistral.usage.prompt_tokens': NUMBER,
      'mistral.usage.completion_tokens': NUMBER,
      'mistral.usage.total_tokens': NUMBER,
      'mistral.usage.state': 'reported',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': MODEL,
    });
    expect(attributes).not.toHaveProperty('mistral.streaming');
    const genAi = spans.filter((span) => 'gen_ai.provider.name' in span.attributes);
    expect(genAi.filter(({ name }) => /http|resil/.test(name))).toEqual([]);
  });

  it('says of the resilience which attempt it was, and how the breaker stood', () => {
    const [execute] = childrenOf(spans, rootOf('mistral.fim.create'));
    expect(execute?.attributes).toMatchObject({
      'resilience.attempt': 2,
      'resilience.circuit_state': 'closed',
    });
  });

  it('says of a request where it went, without what is secret', () => {
    const [http] = stepsOf(spans, rootOf('mistral.chat.create'), 'mistral.http.request');
    expect(http?.attributes).toMatchObject({
      'http.method': 'POST',
      'http.url': `${simulator.baseURL}/v1/chat/completions`,
      'http.status_code': 200,
      'http.response_size': NUMBER,
    });
    expect(http?.events.map(({ name }) => name)).toEqual(['request_sent', 'response_received']);
    expect(spans.map(({ attributes }) => JSON.stringify(attributes)).join()).not.toContain(
      'test-key',
    );
  });

  it('says of a stream when it began and ended', () => {
    const { attributes, events } = rootOf('mistral.chat.create_stream');
    expect(attributes).toMatchObject({
      'mistral.streaming': true,
      'mistral.model': MODEL,
      'mistral.stream.chunks_count': chunks,
      'mistral.stream.duration_ms': NUMBER,
      'mistral.usage.total_tokens': NUMBER,
    });
    expect(events).toMatchObject([
      { name: 'stream_started' },
      { name: 'first_chunk_received', attributes: { ttft_ms: NUMBER } },
      { name: 'stream_completed', attributes: { total_chunks: chunks, duration_ms: NUMBER } },
    ]);
  });

  it('has the metrics that are specified, and no others', () => {
    const names = metrics.map(({ name }) => name).filter((name) => name.startsWith('mistral_'));
    expect(names.toSorted()).toEqual(METRICS.map(([name]) => name).toSorted());
  });

  it.each(
    METRICS.map(([name, kind, unit, labels, buckets]) => ({ name, kind, unit, labels, buckets })),
  )('has the metric $name as it is specified', ({ name, kind, unit, labels, buckets }) => {
    const metric = find(metrics, name);
    expect(metric).toMatchObject({ kind, unit });
    expect(metric.points.length).toBeGreaterThan(0);
    for (const { attributes, bounds } of metric.points) {
      expect(Object.keys(attributes).toSorted().join(' ')).toBe(labels);
      if (buckets !== undefined) expect(bounds).toEqual(buckets);
    }
  });

  function series(name: string): Readonly<Record<string, number | undefined>> {
    return Object.fromEntries(
      find(metrics, name).points.map(({ attributes, value, count }) => [
        keyOf(attributes),
        count ?? value,
      ]),
    );
  }

  it('counts what happened', () => {
    expect(series('mistral_requests_total')).toEqual({
      [`endpoint=chat method=POST model=${MODEL} status=ok`]: 2,
      [`endpoint=chat method=POST model=${MODEL} status=error`]: 1,
      [`endpoint=embeddings method=POST model=${EMBEDDER} status=ok`]: 1,
      'endpoint=fim method=POST model=codestral-latest status=ok': 1,
      'endpoint=agents method=GET model=none status=error': 1,
      'endpoint=models method=GET model=none status=error': 6,
    });
    expect(series('mistral_errors_total')).toEqual({
      'endpoint=agents status_code=404 type=not_found': 1,
      'endpoint=chat status_code=none type=validation': 1,
      'endpoint=models status_code=500 type=server': 5,
      'endpoint=models status_code=none type=circuit_open': 1,
    });
    expect(series('mistral_retries_total')).toEqual({ 'endpoint=fim reason=overloaded': 1 });
    expect(series('mistral_stream_chunks_total')).toEqual({ [`model=${MODEL}`]: chunks });
    expect(series('mistral_circuit_breaker_transitions_total')).toEqual({
      'from=closed to=open': 1,
    });
    expect(series('mistral_rate_limit_rejections_total')).toEqual({ '': 1 });
  });

  it('writes lines at the levels that are specified, in the place that speaks', () => {
    const levels = new Map(observation.lines.map(({ message, level }) => [message, level]));
    expect(Object.fromEntries(levels)).toMatchObject({
      'Client initialized': 'INFO',
      'Request started': 'DEBUG',
      'Response received': 'DEBUG',
      'Request completed': 'INFO',
      'Stream completed': 'INFO',
      'Stream event': 'TRACE',
      'Rate limiter state': 'TRACE',
      'Request failed': 'ERROR',
    });
    const completed = observation.lines.find(({ message }) => message === 'Request completed');
    expect(completed).toMatchObject({
      target: 'integrations_mistral::services::chat',
      fields: {
        operation: 'chat.create',
        model: MODEL,
        duration_ms: NUMBER,
        prompt_tokens: NUMBER,
        completion_tokens: NUMBER,
        finish_reason: 'stop',
      },
      span: { trace_id: rootOf('mistral.chat.create').traceId },
    });
    expect(observation.lineTexts.join('\n')).not.toContain('What is a ledger');
  });
});
