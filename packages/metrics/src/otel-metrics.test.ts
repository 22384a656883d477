import { ConfigurationError } from '@integrations/errors';
import {
  type GenAiCallFacts,
  genAiMeasurements,
  genAiMetricDefinitions,
  type GenAiProfile,
} from '@integrations/semantic-conventions';
import { describeMetricsContract } from '@integrations/testing';
import type { MetricsRecorder } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { declareMetrics } from './declare-metrics.ts';
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

const SUBJECT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'large',
  'gen_ai.response.model': 'large-1',
  'server.address': 'api.example.com',
  'server.port': 443,
};

const CALL: GenAiCallFacts = {
  request: {
    operation: 'chat',
    provider: 'openai',
    model: 'large',
    serverAddress: 'api.example.com',
    serverPort: 443,
  },
  response: {
    model: 'large-1',
    timeToFirstChunk: 0.3,
    usage: { inputTokens: 100, outputTokens: 20, cacheReadInputTokens: 60, modality: 'text' },
  },
  duration: 1.5,
  timesPerOutputChunk: [0.02],
};

/** Records a call as a client does, with everything declared before. */
function recordCall(metrics: MetricsRecorder, call: GenAiCallFacts, profile: GenAiProfile): void {
  declareMetrics(metrics, genAiMetricDefinitions(profile));
  for (const { name, kind, value, labels } of genAiMeasurements(call, profile)) {
    if (kind === 'counter') metrics.counter(name).add(value, labels);
    else metrics.histogram(name).observe(value, labels);
  }
}

describe('the metrics of the conventions', () => {
  it('of 1.41 are recorded with their units, buckets and attributes', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter });
    recordCall(metrics, CALL, '1.41');
    recordCall(metrics, { ...CALL, errorType: 'rate_limit' }, '1.41');
    const { read } = exported;
    expect(await read('gen_ai.client.operation.duration', SUBJECT)).toBe(1);
    const failed = { ...SUBJECT, 'error.type': 'rate_limit' };
    expect(await read('gen_ai.client.operation.duration', failed)).toBe(1);
    const input = { ...SUBJECT, 'gen_ai.token.type': 'input' };
    expect(await read('gen_ai.client.token.usage', input)).toBe(2);
    expect(await read('gen_ai.client.operation.time_to_first_chunk', SUBJECT)).toBe(2);
    expect(await read('gen_ai.client.operation.time_per_output_chunk', SUBJECT)).toBe(2);
    const usage = await exported.metric('gen_ai.client.token.usage');
    expect(usage?.descriptor.unit).toBe('{token}');
    const boundaries = Array.from({ length: 14 }, (_, power) => 4 ** power);
    expect(usage?.dataPoints[0]?.value).toMatchObject({ buckets: { boundaries } });
  });

  it('of latest are recorded, and those without a value are not', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter, profile: 'latest' });
    recordCall(metrics, CALL, 'latest');
    const text = { ...SUBJECT, 'gen_ai.token.modality': 'text' };
    const scope = 'gen_ai.client.inference';
    expect(await exported.read(`${scope}.duration`, SUBJECT)).toBe(1);
    expect(await exported.read(`${scope}.usage.input_tokens`, text)).toBe(100);
    expect(await exported.read(`${scope}.usage.output_tokens`, text)).toBe(20);
    expect(await exported.read(`${scope}.usage.cache_read.input_tokens`, text)).toBe(60);
    expect(await exported.read(`${scope}.operation.input_tokens`, SUBJECT)).toBe(1);
    expect(await exported.names()).not.toContain(`${scope}.usage.cache_write.input_tokens`);
  });

  it('of latest show an inference without usage as no tokens of unknown modality', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter, profile: 'latest' });
    recordCall(metrics, { request: CALL.request, duration: 2, errorType: 'server' }, 'latest');
    const { 'gen_ai.response.model': _, ...subject } = SUBJECT;
    const unknown = { ...subject, 'gen_ai.token.modality': 'unknown' };
    expect(await exported.read('gen_ai.client.inference.usage.input_tokens', unknown)).toBe(0);
  });

  it('take their definition from the profile where only the name is given', async () => {
    const metrics = createOtelMetrics({ meter: exported.meter });
    metrics.histogram('gen_ai.client.operation.duration').observe(0.5);
    const metric = await exported.metric('gen_ai.client.operation.duration');
    expect(metric?.descriptor).toMatchObject({ unit: 's', description: 'How long calls took.' });
  });
});
