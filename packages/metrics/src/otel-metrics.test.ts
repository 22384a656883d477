import { ConfigurationError } from '@integrations/errors';
import { describeMetricsContract } from '@integrations/testing';
import type { MetricsRecorder } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { genAiMetricDefinitions, type GenAiProfile } from './gen-ai-definitions.ts';
import { createGenAiMetrics, type GenAiOutcome } from './gen-ai-metrics.ts';
import { createOtelExport, type OtelExport } from './otel-export.test.support.ts';
import { createOtelMetrics } from './otel-metrics.ts';

let exported: OtelExport;
beforeEach(() => {
  exported = createOtelExport();
});
afterEach(() => exported.close());

describeMetricsContract({
  describe,
  it,
  name: 'createOtelMetrics',
  create: () => ({
    metrics: createOtelMetrics({ meter: exported.meter, onError: () => {} }),
    read: (name, labels) => exported.read(name, labels),
  }),
});

describe('createOtelMetrics', () => {
  it('gives buckets, help and unit to the instrument', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter });
    metrics.histogram('wait_seconds', { help: 'Waits.', buckets: [1, 2] }).observe(1.5);
    const metric = await exported.metric('wait_seconds');
    expect(metric?.descriptor).toMatchObject({ description: 'Waits.', unit: 's' });
    expect(metric?.dataPoints[0]?.value).toMatchObject({ buckets: { boundaries: [1, 2] } });
  });

  it('drops what cannot be right, and tells once', async () => {
    const problems: Error[] = [];
    const metrics = createOtelMetrics({
      meter: exported.meter,
      onError: (problem) => problems.push(problem),
    });
    const counter = metrics.counter('calls_total', { labelNames: ['model'] });
    for (const value of [Number.NaN, -1, Number.NaN, -1]) counter.add(value);
    counter.add(1, { model: 'a', user: 'b' });
    expect(await exported.read('calls_total', { model: 'a' })).toBe(1);
    expect(problems).toHaveLength(3);
  });

  it('bounds the values of a label for all recorders of a meter', async () => {
    for (const model of ['a', 'b', 'c']) {
      const metrics = createOtelMetrics({
        meter: exported.meter,
        maxLabelValues: 1,
        onError: () => {},
      });
      metrics.counter('calls_total', { labelNames: ['model'] }).add(1, { model });
    }
    expect(await exported.read('calls_total', { model: 'other' })).toBe(2);
  });

  it('takes any label where none is declared', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter });
    metrics.counter('calls_total').add(1, { model: 'a' });
    expect(await exported.read('calls_total', { model: 'a' })).toBe(1);
  });

  it.each<[string, (metrics: MetricsRecorder) => unknown]>([
    ['a known name of another kind', (metrics) => metrics.gauge('known')],
    [
      'a known name with other labels',
      (metrics) => metrics.histogram('known', { labelNames: ['b'] }),
    ],
    ['a known name with other buckets', (metrics) => metrics.histogram('known', { buckets: [2] })],
    ['a name that begins with a digit', (metrics) => metrics.counter('1a')],
    ['buckets that descend', (metrics) => metrics.histogram('x', { buckets: [2, 1] })],
  ])('refuses %s', (_, declare) => {
    const metrics = createOtelMetrics({ meter: exported.meter });
    metrics.histogram('known', { labelNames: ['a'], buckets: [1] });
    expect(() => declare(createOtelMetrics({ meter: exported.meter }))).toThrow(ConfigurationError);
  });

  it('refuses an edition that does not exist', () => {
    const profile = '2.0' as GenAiProfile;
    expect(() => createOtelMetrics({ meter: exported.meter, profile })).toThrow(ConfigurationError);
  });
});

const CHAT: GenAiOutcome = {
  operation: 'chat',
  provider: 'openai',
  requestModel: 'gpt-5',
  responseModel: 'gpt-5-2026-01-01',
  serverAddress: 'api.openai.com',
  serverPort: 443,
  duration: 1.5,
  timeToFirstChunk: 0.3,
  inputTokens: 100,
  outputTokens: 20,
  cacheReadTokens: 60,
  reasoningTokens: 5,
};

const SUBJECT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.response.model': 'gpt-5-2026-01-01',
  'server.address': 'api.openai.com',
  'server.port': 443,
};

const SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);

describe('the metrics of the conventions', () => {
  it.each([
    [
      '1.41',
      [
        'gen_ai.client.operation.duration',
        'gen_ai.client.token.usage',
        'gen_ai.client.operation.time_to_first_chunk',
        'gen_ai.client.operation.time_per_output_chunk',
      ],
    ],
    [
      'latest',
      [
        'gen_ai.client.inference.duration',
        'gen_ai.client.embeddings.duration',
        'gen_ai.client.operation.duration',
        'gen_ai.client.inference.time_to_first_chunk',
        'gen_ai.client.inference.time_per_output_chunk',
        'gen_ai.client.inference.usage.input_tokens',
        'gen_ai.client.inference.usage.output_tokens',
        'gen_ai.client.inference.usage.cache_read.input_tokens',
        'gen_ai.client.inference.usage.cache_write.input_tokens',
        'gen_ai.client.inference.usage.reasoning.output_tokens',
        'gen_ai.client.inference.operation.input_tokens',
        'gen_ai.client.inference.operation.output_tokens',
        'gen_ai.client.embeddings.operation.input_tokens',
      ],
    ],
  ] as const)('of %s have their names, units, buckets and attributes', (profile, names) => {
    const definitions = genAiMetricDefinitions(profile);
    expect(definitions.map(({ name }) => name)).toEqual(names);
    for (const { name, kind, unit, buckets, labels } of definitions) {
      const isTokens = name.includes('token');
      expect(unit).toBe(isTokens ? '{token}' : 's');
      expect(kind).toBe(name.includes('.usage.') ? 'counter' : 'histogram');
      expect(buckets).toEqual(kind === 'counter' ? undefined : isTokens ? TOKENS : SECONDS);
      expect(labels).toEqual(expect.arrayContaining(Object.keys(SUBJECT)));
      expect(labels.includes('error.type')).toBe(name.endsWith('.duration'));
      expect(labels.includes('gen_ai.token.modality')).toBe(kind === 'counter');
      expect(labels.includes('gen_ai.token.type')).toBe(name === 'gen_ai.client.token.usage');
    }
  });

  it('of 1.41 are recorded for an operation', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter });
    const genAi = createGenAiMetrics({ metrics });
    genAi.operationEnded(CHAT);
    genAi.chunkReceived(CHAT, 0.02);
    genAi.operationEnded({ ...CHAT, errorType: 'rate_limit' });
    const { read } = exported;
    expect(await read('gen_ai.client.operation.duration', SUBJECT)).toBe(1);
    const failed = { ...SUBJECT, 'error.type': 'rate_limit' };
    expect(await read('gen_ai.client.operation.duration', failed)).toBe(1);
    const input = { ...SUBJECT, 'gen_ai.token.type': 'input' };
    expect(await read('gen_ai.client.token.usage', input)).toBe(2);
    expect(await read('gen_ai.client.operation.time_to_first_chunk', SUBJECT)).toBe(2);
    expect(await read('gen_ai.client.operation.time_per_output_chunk', SUBJECT)).toBe(1);
    const usage = await exported.metric('gen_ai.client.token.usage');
    expect(usage?.descriptor.unit).toBe('{token}');
    expect(usage?.dataPoints[0]?.value).toMatchObject({ buckets: { boundaries: TOKENS } });
  });

  it('of latest are recorded for an inference', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter, profile: 'latest' });
    const genAi = createGenAiMetrics({ metrics, profile: 'latest' });
    genAi.operationEnded({ ...CHAT, modality: 'text' });
    genAi.chunkReceived(CHAT, 0.02);
    const text = { ...SUBJECT, 'gen_ai.token.modality': 'text' };
    const scope = 'gen_ai.client.inference';
    expect(await exported.read(`${scope}.duration`, SUBJECT)).toBe(1);
    expect(await exported.read(`${scope}.usage.input_tokens`, text)).toBe(100);
    expect(await exported.read(`${scope}.usage.output_tokens`, text)).toBe(20);
    expect(await exported.read(`${scope}.usage.cache_read.input_tokens`, text)).toBe(60);
    expect(await exported.read(`${scope}.usage.reasoning.output_tokens`, text)).toBe(5);
    expect(await exported.read(`${scope}.operation.input_tokens`, SUBJECT)).toBe(1);
    expect(await exported.read(`${scope}.time_per_output_chunk`, SUBJECT)).toBe(1);
    expect(await exported.names()).not.toContain(`${scope}.usage.cache_write.input_tokens`);
  });

  it('of latest count no tokens of unknown modality for an inference without usage', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter, profile: 'latest' });
    const { inputTokens: _, outputTokens: __, ...silent } = CHAT;
    const failed = { ...silent, modality: 'text', errorType: 'server' } as const;
    createGenAiMetrics({ metrics, profile: 'latest' }).operationEnded(failed);
    const unknown = { ...SUBJECT, 'gen_ai.token.modality': 'unknown' };
    expect(await exported.read('gen_ai.client.inference.usage.input_tokens', unknown)).toBe(0);
    expect(await exported.names()).not.toContain('gen_ai.client.inference.operation.input_tokens');
  });

  it.each([
    ['embeddings', ['embeddings.duration', 'embeddings.operation.input_tokens']],
    ['ocr', ['operation.duration']],
  ])('of latest tell %s from inference', async (operation, names) => {
    const metrics = createOtelMetrics({ meter: exported.meter, profile: 'latest' });
    createGenAiMetrics({ metrics, profile: 'latest' }).operationEnded({ ...CHAT, operation });
    expect(await exported.names()).toEqual(names.map((name) => `gen_ai.client.${name}`));
  });
});
