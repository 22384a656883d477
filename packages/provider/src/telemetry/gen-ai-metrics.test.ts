import { registerSecret } from '@integrations/errors';
import { genAiMetricDefinitions, type GenAiProfile } from '@integrations/semantic-conventions';
import { TestMetrics } from '@integrations/testing';
import { type MetricsRecorder, noopMetrics } from '@integrations/types';
import { describe, expect, it, vi } from 'vitest';
import type { AnswerFacts } from '../call-facts.ts';
import { GenAiMetrics, type ModelCallTimes } from './gen-ai-metrics.ts';

const SERVER = { serverAddress: 'api.acme.test', serverPort: 443 };
const REQUEST = { operation: 'chat', model: 'small', temperature: 0.5, messageCount: 3 };
const TIMES: ModelCallTimes = {
  seconds: 2,
  errorType: undefined,
  firstChunkSeconds: undefined,
  chunkSeconds: [],
};
const SUBJECT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'acme_ai',
  'gen_ai.request.model': 'small',
  'server.address': 'api.acme.test',
  'server.port': '443',
};
const DURATION = 'gen_ai.client.operation.duration';
const TOKENS = 'gen_ai.client.token.usage';

function create(recorder: MetricsRecorder, profile: GenAiProfile = '1.41'): GenAiMetrics {
  return new GenAiMetrics('acme_ai', SERVER, profile, recorder);
}

function record(facts: AnswerFacts, times: Partial<ModelCallTimes> = {}): TestMetrics {
  const recorder = new TestMetrics();
  create(recorder).callEnded(REQUEST, facts, { ...TIMES, ...times });
  return recorder;
}

describe('GenAiMetrics', () => {
  it.each(['1.41', 'latest'] as const)('declares the metrics of the profile %s', (profile) => {
    const recorder = new TestMetrics();
    expect(create(recorder, profile).isRecorded).toBe(true);
    expect(
      recorder.metrics.map(({ name, kind, options }) => [name, kind, options.buckets]),
    ).toEqual(
      genAiMetricDefinitions(profile).map(({ name, kind, buckets }) => [name, kind, buckets]),
    );
  });

  it('tells of a call that was answered', () => {
    const usage = { inputTokens: 10, outputTokens: 20 };
    const recorder = record({ model: 'small-1', usage });
    const labels = { ...SUBJECT, 'gen_ai.response.model': 'small-1' };
    expect(recorder.values(DURATION, labels)).toEqual([2]);
    expect(recorder.values(TOKENS, { ...labels, 'gen_ai.token.type': 'input' })).toEqual([10]);
    expect(recorder.values(TOKENS, { ...labels, 'gen_ai.token.type': 'output' })).toEqual([20]);
  });

  it('tells of the times of a stream', () => {
    const recorder = record({}, { firstChunkSeconds: 0.5, chunkSeconds: [0.1, 0.2] });
    const scope = 'gen_ai.client.operation';
    expect(recorder.values(`${scope}.time_to_first_chunk`, SUBJECT)).toEqual([0.5]);
    expect(recorder.values(`${scope}.time_per_output_chunk`, SUBJECT)).toEqual([0.1, 0.2]);
  });

  it('tells of a call that failed, and of no tokens', () => {
    const recorder = record({}, { errorType: 'rate_limit' });
    expect(recorder.values(DURATION, { ...SUBJECT, 'error.type': 'rate_limit' })).toEqual([2]);
    expect(recorder.value(TOKENS)).toBeUndefined();
  });

  it('counts no tokens that can be none', () => {
    const usage = { inputTokens: Number.NaN, outputTokens: 20 };
    expect(record({ usage }).value(TOKENS)).toBeUndefined();
  });

  it('names no model that is no text', () => {
    const recorder = record({ model: { name: 'small' } as never });
    expect(recorder.metrics.find(({ name }) => name === DURATION)?.records).toEqual([
      { value: 2, labels: SUBJECT },
    ]);
  });

  it('names no secret that the answer has for a model', () => {
    using held = registerSecret('correct horse battery staple');
    expect(held.registered).toBe(true);
    const recorder = record({ model: 'my correct horse battery staple' });
    expect(recorder.values(DURATION, { 'gen_ai.response.model': 'my [REDACTED]' })).toEqual([2]);
  });

  it('works out nothing where nobody takes it', () => {
    const silent = create(noopMetrics);
    const model = vi.fn<() => string>();
    silent.callEnded(REQUEST, Object.defineProperty({}, 'model', { get: model }), TIMES);
    expect(silent.isRecorded).toBe(false);
    expect(model).not.toHaveBeenCalled();
  });
});
