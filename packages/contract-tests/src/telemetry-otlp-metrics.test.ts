import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { find, keyOf, type Series, seriesOf, sum } from './metric-series.test.support.ts';
import { ObservedClient } from './observed-client.test.support.ts';
import { EMBEDDER, LARGE, MINI, trouble, type Work, work } from './observed-work.test.support.ts';
import type { CollectedMetric } from './otlp-collector.test.support.ts';
import { readScrape, type Scrape } from './scrape.test.support.ts';

interface MetricRow {
  readonly name: string;
  readonly type: 'counter' | 'histogram' | 'gauge';
  readonly labels: readonly string[];
  readonly unit: string;
  /** Where they are given; others are ours to choose. */
  readonly buckets?: readonly number[];
}

const COUNT = '1';

/** Every metric of a client. */
const METRICS: readonly MetricRow[] = [
  {
    name: 'openai_requests_total',
    type: 'counter',
    labels: ['endpoint', 'status', 'model'],
    unit: COUNT,
  },
  {
    name: 'openai_request_duration_seconds',
    type: 'histogram',
    labels: ['endpoint', 'model'],
    unit: 's',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  { name: 'openai_request_size_bytes', type: 'histogram', labels: ['endpoint'], unit: 'By' },
  { name: 'openai_response_size_bytes', type: 'histogram', labels: ['endpoint'], unit: 'By' },
  { name: 'openai_tokens_total', type: 'counter', labels: ['model', 'type'], unit: COUNT },
  { name: 'openai_tokens_per_request', type: 'histogram', labels: ['type', 'model'], unit: COUNT },
  { name: 'openai_usage_total', type: 'counter', labels: ['state', 'model'], unit: COUNT },
  { name: 'openai_stream_chunks_total', type: 'counter', labels: ['model'], unit: COUNT },
  {
    name: 'openai_time_to_first_token_seconds',
    type: 'histogram',
    labels: ['model'],
    unit: 's',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5],
  },
  { name: 'openai_stream_duration_seconds', type: 'histogram', labels: ['model'], unit: 's' },
  { name: 'openai_errors_total', type: 'counter', labels: ['endpoint', 'error_type'], unit: COUNT },
  { name: 'openai_retries_total', type: 'counter', labels: ['endpoint', 'reason'], unit: COUNT },
  { name: 'openai_circuit_breaker_state', type: 'gauge', labels: ['endpoint'], unit: COUNT },
  {
    name: 'openai_circuit_breaker_transitions_total',
    type: 'counter',
    labels: ['from', 'to'],
    unit: COUNT,
  },
  { name: 'openai_rate_limit_wait_seconds', type: 'histogram', labels: [], unit: 's' },
  { name: 'openai_rate_limit_rejections_total', type: 'counter', labels: [], unit: COUNT },
];

/** 0.01 to 81.92, and 1 to 67 108 864. */
const SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];
const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
  67_108_864,
];

function scrapedSeries({ samples }: Scrape, { name, type }: MetricRow): Series {
  const sampled = type === 'histogram' ? `${name}_count` : name;
  return Object.fromEntries(
    samples
      .filter((sample) => sample.name === sampled)
      .map(({ labels, value }) => [keyOf(labels), value]),
  );
}

describe('the metrics of a run', () => {
  let observed: ObservedClient;
  let done: Work;
  let metrics: readonly CollectedMetric[];
  let scrape: Scrape;
  let expected: Readonly<Record<string, Series>>;

  beforeAll(async () => {
    observed = await ObservedClient.start();
    done = await work(observed);
    await trouble(observed);
    await observed.observation.flush();
    metrics = observed.observation.collector.metrics;
    scrape = readScrape(await observed.observation.prometheus.metrics());
    expected = expectedSeries();
  });

  afterAll(() => observed[Symbol.asyncDispose]());

  /** The run, counted by hand. */
  function expectedSeries(): Readonly<Record<string, Series>> {
    const { small, large, retried, wholeUsage, wholeChunks, leftChunks, embeddedTokens } = done;
    const used = (answer: Work['small']): { prompt: number; completion: number } => ({
      prompt: answer.usage?.prompt_tokens ?? Number.NaN,
      completion: answer.usage?.completion_tokens ?? Number.NaN,
    });
    // Four characters to a token, and four tokens for each message.
    const estimated = { prompt: 8 + (31 + 17) / 4, completion: leftChunks };
    const mini = {
      prompt: used(small).prompt + used(retried).prompt + wholeUsage.inputTokens + estimated.prompt,
      completion:
        used(small).completion +
        used(retried).completion +
        wholeUsage.outputTokens +
        estimated.completion,
    };
    return {
      openai_requests_total: {
        [`endpoint=chat model=${MINI} status=ok`]: 3,
        [`endpoint=chat model=${MINI} status=cancelled`]: 1,
        [`endpoint=chat model=${MINI} status=error`]: 2,
        [`endpoint=chat model=${LARGE} status=ok`]: 1,
        [`endpoint=embeddings model=${EMBEDDER} status=ok`]: 1,
        'endpoint=models model=none status=error': 6,
      },
      openai_request_duration_seconds: {
        [`endpoint=chat model=${MINI}`]: 6,
        [`endpoint=chat model=${LARGE}`]: 1,
        [`endpoint=embeddings model=${EMBEDDER}`]: 1,
        'endpoint=models model=none': 6,
      },
      // An attempt that fails has sent its body too; a GET has none.
      openai_request_size_bytes: { 'endpoint=chat': 7, 'endpoint=embeddings': 1 },
      // A stream has no size until it is read.
      openai_response_size_bytes: {
        'endpoint=chat': 5,
        'endpoint=embeddings': 1,
        'endpoint=models': 5,
      },
      openai_tokens_total: {
        [`model=${MINI} type=prompt`]: mini.prompt,
        [`model=${MINI} type=completion`]: mini.completion,
        [`model=${LARGE} type=prompt`]: used(large).prompt,
        [`model=${LARGE} type=completion`]: used(large).completion,
        [`model=${EMBEDDER} type=prompt`]: embeddedTokens,
        [`model=${EMBEDDER} type=completion`]: 0,
      },
      openai_tokens_per_request: {
        [`model=${MINI} type=prompt`]: 4,
        [`model=${MINI} type=completion`]: 4,
        [`model=${LARGE} type=prompt`]: 1,
        [`model=${LARGE} type=completion`]: 1,
        [`model=${EMBEDDER} type=prompt`]: 1,
        [`model=${EMBEDDER} type=completion`]: 1,
      },
      openai_usage_total: {
        [`model=${MINI} state=reported`]: 3,
        [`model=${MINI} state=estimated`]: 1,
        [`model=${LARGE} state=reported`]: 1,
        [`model=${EMBEDDER} state=reported`]: 1,
      },
      openai_stream_chunks_total: { [`model=${MINI}`]: wholeChunks + leftChunks },
      openai_time_to_first_token_seconds: { [`model=${MINI}`]: 2 },
      openai_stream_duration_seconds: { [`model=${MINI}`]: 2 },
      openai_errors_total: {
        'endpoint=chat error_type=authentication': 1,
        'endpoint=chat error_type=validation': 1,
        'endpoint=models error_type=server': 5,
        'endpoint=models error_type=circuit_open': 1,
      },
      openai_retries_total: { 'endpoint=chat reason=overloaded': 1 },
      openai_circuit_breaker_state: {
        'endpoint=chat': 0,
        'endpoint=embeddings': 0,
        'endpoint=models': 1,
      },
      openai_circuit_breaker_transitions_total: { 'from=closed to=open': 1 },
      openai_rate_limit_wait_seconds: { '': 13 },
      openai_rate_limit_rejections_total: { '': 1 },
    };
  }

  it('are those of the table, and no others', () => {
    const own = (name: string): boolean => name.startsWith('openai_');
    const names = METRICS.map(({ name }) => name).toSorted();
    expect([...scrape.types.keys()].filter(own).toSorted()).toEqual(names);
    expect(
      metrics
        .map(({ name }) => name)
        .filter(own)
        .toSorted(),
    ).toEqual(names);
  });

  it.each(METRICS)('are as in the table: $name', (row) => {
    expect(scrape.types.get(row.name)).toBe(row.type);
    const sent = find(metrics, row.name);
    expect(sent.kind).toBe(row.type === 'counter' ? 'sum' : row.type);
    expect(sent.unit).toBe(row.unit);
    for (const { attributes } of sent.points) {
      expect(Object.keys(attributes).toSorted()).toEqual(row.labels.toSorted());
    }
    if (row.buckets === undefined) return;
    for (const { bounds } of sent.points) expect(bounds).toEqual(row.buckets);
    const scraped = scrape.samples.filter(({ name }) => name === `${row.name}_bucket`);
    expect([...new Set(scraped.map(({ labels }) => labels['le']))]).toEqual([
      ...row.buckets.map(String),
      '+Inf',
    ]);
  });

  it.each(METRICS)('count what happened, for both readers: $name', (row) => {
    expect(seriesOf(find(metrics, row.name).points)).toEqual(expected[row.name]);
    expect(scrapedSeries(scrape, row)).toEqual(expected[row.name]);
  });

  it('add up to the bytes and tokens of the calls', () => {
    const tokens = find(metrics, 'openai_tokens_total');
    const perRequest = find(metrics, 'openai_tokens_per_request');
    for (const { attributes, value } of tokens.points) {
      expect(sum(perRequest, attributes as Record<string, string>)).toBe(value);
    }
    const bodies = observed.simulator.requests
      .filter(({ path }) => path === '/v1/chat/completions')
      .map(({ body }) => Buffer.byteLength(JSON.stringify(body)));
    const size = find(metrics, 'openai_request_size_bytes');
    expect(sum(size, { endpoint: 'chat' })).toBe(bodies.reduce((all, one) => all + one, 0));
  });

  it('keep the names with dots from Prometheus', () => {
    expect([...scrape.types.keys()].filter((name) => name.startsWith('gen_ai'))).toEqual([]);
  });

  const subject = (operation: string, model: string, answered?: string) => ({
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': model,
    'server.address': '127.0.0.1',
    'server.port': observed.simulator.port,
    ...(answered === undefined ? {} : { 'gen_ai.response.model': answered }),
  });

  const answeredMini = (): ReturnType<typeof subject> => subject('chat', MINI, done.small.model);
  const answeredLarge = (): ReturnType<typeof subject> => subject('chat', LARGE, done.large.model);
  const embedded = (): ReturnType<typeof subject> => subject('embeddings', EMBEDDER, EMBEDDER);

  it('tell of calls to models by the conventions', () => {
    const duration = find(metrics, 'gen_ai.client.operation.duration');
    expect(duration).toMatchObject({ kind: 'histogram', unit: 's' });
    expect(seriesOf(duration.points)).toEqual({
      [keyOf(answeredMini())]: 4,
      [keyOf(answeredLarge())]: 1,
      [keyOf(embedded())]: 1,
      [keyOf({ ...subject('chat', MINI), 'error.type': 'authentication' })]: 1,
      [keyOf({ ...subject('chat', MINI), 'error.type': 'validation' })]: 1,
    });
    for (const { bounds } of duration.points) expect(bounds).toEqual(SECONDS);
  });

  it('tell of tokens by the conventions only what was reported', () => {
    const usage = find(metrics, 'gen_ai.client.token.usage');
    expect(usage).toMatchObject({ kind: 'histogram', unit: '{token}' });
    for (const { bounds } of usage.points) expect(bounds).toEqual(TOKENS);
    const series = (type: 'input' | 'output'): Series => ({
      [keyOf({ ...answeredMini(), 'gen_ai.token.type': type })]: 3,
      [keyOf({ ...answeredLarge(), 'gen_ai.token.type': type })]: 1,
      [keyOf({ ...embedded(), 'gen_ai.token.type': type })]: 1,
    });
    expect(seriesOf(usage.points)).toEqual({ ...series('input'), ...series('output') });
    const { small, retried, wholeUsage } = done;
    const answers = [small, retried].map(({ usage: one }) => one?.completion_tokens ?? Number.NaN);
    const mini = { 'gen_ai.request.model': MINI, 'gen_ai.token.type': 'output' };
    expect(sum(usage, mini)).toBe(answers.reduce((a, b) => a + b, wholeUsage.outputTokens));
  });

  it('tell of streams by the conventions', () => {
    const first = find(metrics, 'gen_ai.client.operation.time_to_first_chunk');
    const each = find(metrics, 'gen_ai.client.operation.time_per_output_chunk');
    expect(seriesOf(first.points)).toEqual({ [keyOf(answeredMini())]: 2 });
    expect(seriesOf(each.points)).toEqual({
      [keyOf(answeredMini())]: done.wholeChunks - 1 + done.leftChunks - 1,
    });
    for (const { bounds } of [...first.points, ...each.points]) expect(bounds).toEqual(SECONDS);
  });

  it('have no other name of the conventions', () => {
    expect(
      metrics
        .map(({ name }) => name)
        .filter((name) => name.startsWith('gen_ai'))
        .toSorted(),
    ).toEqual([
      'gen_ai.client.operation.duration',
      'gen_ai.client.operation.time_per_output_chunk',
      'gen_ai.client.operation.time_to_first_chunk',
      'gen_ai.client.token.usage',
    ]);
  });
});
