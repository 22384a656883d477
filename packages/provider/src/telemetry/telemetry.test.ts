import { AbortedError, RateLimitError } from '@integrations/errors';
import { ManualClock, TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { AcmeHarness, collect, delta, DONE } from './acme.test.support.ts';
import { failure } from './manual-response.test.support.ts';
import { type CallRecord, Telemetry } from './telemetry.ts';

const USAGE = { inputTokens: 3, outputTokens: 5 };

describe('the record of a call', () => {
  it('that works has a span, its figures and two log lines', async () => {
    const h = new AcmeHarness();
    h.transport.reply(async () => {
      await h.clock.sleep(250);
      return { json: { output: 'hi', usage: USAGE }, headers: { 'x-request-id': 'req_1' } };
    });
    const answer = h.create();
    await h.clock.advance(250);
    await answer;
    const span = h.tracer.span('acme.answers.create');
    expect(span).toMatchObject({ kind: 'client', status: 'ok', ended: true, errors: [] });
    expect(span.attributes).toEqual({
      model: 'small',
      'tokens.prompt': 3,
      'tokens.completion': 5,
    });
    expect(span.lateCalls).toEqual([]);
    const labels = { endpoint: 'answers', model: 'small' };
    expect(h.metrics.value('acme_requests_total', { ...labels, status: 'ok' })).toBe(1);
    expect(h.metrics.values('acme_request_duration_seconds', labels)).toEqual([0.25]);
    expect(h.metrics.value('acme_tokens_total', { model: 'small', type: 'prompt' })).toBe(3);
    expect(h.metrics.value('acme_tokens_total', { model: 'small', type: 'completion' })).toBe(5);
    expect(h.metrics.value('acme_errors_total')).toBeUndefined();
    expect(h.metrics.value('acme_retries_total')).toBeUndefined();
    expect(h.logger.lines).toEqual([
      {
        level: 'info',
        message: 'Request started',
        fields: { operation: 'answers.create', model: 'small' },
      },
      {
        level: 'info',
        message: 'Request completed',
        fields: {
          operation: 'answers.create',
          model: 'small',
          latency_ms: 250,
          status: 200,
          request_id: 'req_1',
          tokens_prompt: 3,
          tokens_completion: 5,
        },
      },
    ]);
  });

  it('that fails has the error in span, counter and log', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ status: 429 });
    const error = await failure(h.create());
    const span = h.tracer.span('acme.answers.create');
    expect(span).toMatchObject({ status: 'error', ended: true, errors: [error], lateCalls: [] });
    expect(h.endings).toEqual(['error']);
    expect(
      h.metrics.value('acme_errors_total', { endpoint: 'answers', error_type: 'rate_limit' }),
    ).toBe(1);
    expect(h.metrics.value('acme_request_duration_seconds')).toBe(1);
    expect(h.logger.messages()).toEqual(['Request started', 'Attempt failed', 'Request failed']);
    expect(h.logger.lines[1]).toMatchObject({
      level: 'warn',
      fields: { operation: 'answers.create', error },
    });
    expect(h.logger.lines[2]).toMatchObject({
      level: 'error',
      fields: { operation: 'answers.create', model: 'small', error },
    });
  });

  it('has a warning for each failed attempt that may be repeated, and for no other', async () => {
    const h = new AcmeHarness({ attempts: 3 });
    h.transport.respond({ status: 503 }).respond({ status: 400 });
    h.transport.respond({ json: { output: 'hi' } });
    await h.create();
    expect(h.logger.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info Request started',
      'warn Attempt failed',
      'debug Retrying',
      'debug Retrying',
      'info Request completed',
    ]);
    expect(h.logger.lines[1]?.fields['error']).toMatchObject({ status: 503 });
  });

  it('names no model where the body has none', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { output: 'hi' } });
    await h.create({});
    expect(h.metrics.value('acme_requests_total', { model: 'none' })).toBe(1);
    expect(h.tracer.span('acme.answers.create').attributes).toEqual({});
  });

  it('is the parent of what the attempt does', async () => {
    const h = new AcmeHarness();
    h.transport.reply(() => {
      h.tracer.startSpan('inner').end();
      return { json: { output: 'hi' } };
    });
    await h.create();
    expect(h.tracer.span('inner').parent).toBe(h.tracer.span('acme.answers.create'));
  });

  it('counts each attempt after the first, with what the one before failed of', async () => {
    const h = new AcmeHarness({ attempts: 3 });
    h.transport.respond({ status: 429 }).fail(new TypeError('fetch failed'));
    h.transport.respond({ json: { output: 'hi' } });
    await h.create();
    const retries = (reason: string): number | undefined =>
      h.metrics.value('acme_retries_total', { endpoint: 'answers', reason });
    expect(h.metrics.value('acme_retries_total')).toBe(2);
    expect(retries('rate_limit')).toBe(1);
    expect(retries('connection')).toBe(1);
    expect(h.tracer.span('acme.answers.create').events).toEqual([
      { name: 'retry', attributes: { attempt: 2, reason: 'rate_limit' } },
      { name: 'retry', attributes: { attempt: 3, reason: 'connection' } },
    ]);
    expect(h.endings).toEqual(['ok']);
  });

  it('knows that an attempt timed out, though the attempt itself never says so', async () => {
    let sends = 0;
    const deaf = {
      send: async () => {
        sends += 1;
        if (sends === 1) await new Promise(() => undefined);
        const body = new TextEncoder().encode('{"output":"hi"}');
        return { status: 200, headers: {}, url: 'https://api.acme.test/', body };
      },
      sendStreaming: () => Promise.reject(new Error('not used')),
    };
    const h = new AcmeHarness({ attempts: 2, timeoutMs: 100, transport: deaf });
    const answer = h.create();
    await h.clock.advance(100);
    await answer;
    expect(h.metrics.value('acme_retries_total', { reason: 'attempt_timeout' })).toBe(1);
  });

  it('counts the last failure once, after all attempts', async () => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport.respond({ status: 500 }).respond({ status: 500 });
    await failure(h.create());
    expect(h.metrics.value('acme_errors_total')).toBe(1);
    expect(h.metrics.value('acme_retries_total', { reason: 'server' })).toBe(1);
    expect(h.endings).toEqual(['error']);
  });
});

describe('the record of a stream', () => {
  function stream(h: AcmeHarness): void {
    h.transport.reply(async () => {
      await h.clock.sleep(40);
      return {
        chunks: [delta('a'), `data: ${JSON.stringify({ delta: 'b', usage: USAGE })}\n\n`, DONE],
        headers: { 'x-request-id': 'req_1' },
      };
    });
  }

  it('closes at the end of the stream, with what it was', async () => {
    const h = new AcmeHarness();
    stream(h);
    const opening = h.stream();
    await h.clock.advance(40);
    const opened = await opening;
    const span = h.tracer.span('acme.answers.stream');
    expect(span.ended).toBe(false);
    expect(h.endings).toEqual([]);
    await h.clock.advance(60);
    await collect(opened);
    expect(span).toMatchObject({ status: 'ok', ended: true, lateCalls: [] });
    expect(span.events).toEqual([{ name: 'first_chunk_received', attributes: { ttft_ms: 40 } }]);
    expect(span.attributes).toMatchObject({ 'tokens.prompt': 3, 'tokens.completion': 5 });
    expect(h.endings).toEqual(['ok']);
    expect(h.metrics.values('acme_request_duration_seconds')).toEqual([0.1]);
    expect(h.logger.lines.at(-1)).toEqual({
      level: 'info',
      message: 'Stream completed',
      fields: {
        operation: 'answers.stream',
        model: 'small',
        latency_ms: 100,
        status: 200,
        request_id: 'req_1',
        tokens_prompt: 3,
        tokens_completion: 5,
        events: 2,
        ttft_ms: 40,
      },
    });
  });

  it('says that its reader left', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('a')], { stayOpen: true });
    (await h.stream()).cancel();
    expect(h.endings).toEqual(['cancelled']);
    expect(h.logger.messages().at(-1)).toBe('Stream left before its end');
    expect(h.tracer.open).toEqual([]);
    expect(h.metrics.value('acme_errors_total')).toBeUndefined();
  });

  it('says what ended it early', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('a')]);
    const error = await failure(collect(await h.stream()));
    expect(h.endings).toEqual(['error']);
    expect(h.metrics.value('acme_errors_total', { error_type: 'stream_truncated' })).toBe(1);
    expect(h.tracer.span('acme.answers.stream')).toMatchObject({
      status: 'error',
      ended: true,
      errors: [error],
    });
    expect(h.logger.messages('error')).toEqual(['Request failed']);
  });
});

describe('Telemetry.breakerChanged', () => {
  it('sets the gauge of the endpoint, and writes what happened', () => {
    const clock = new ManualClock();
    const metrics = new TestMetrics();
    const logger = new TestLogger();
    const telemetry = new Telemetry('acme', { clock, metrics, logger, tracer: new TestTracer() });
    telemetry.breakerChanged('answers', 'closed', 'open');
    telemetry.breakerChanged('answers', 'open', 'half_open');
    telemetry.breakerChanged('answers', 'half_open', 'closed');
    telemetry.breakerChanged('models', 'closed', 'open');
    expect(
      metrics.metrics
        .find(({ name }) => name === 'acme_circuit_breaker_state')
        ?.records.map(({ labels, value }) => [labels['endpoint'], value]),
    ).toEqual([
      ['answers', 1],
      ['answers', 2],
      ['answers', 0],
      ['models', 1],
    ]);
    expect(logger.lines.slice(0, 3)).toEqual([
      {
        level: 'error',
        message: 'Circuit breaker open',
        fields: { endpoint: 'answers', from: 'closed', to: 'open' },
      },
      {
        level: 'info',
        message: 'Circuit breaker half-open',
        fields: { endpoint: 'answers', from: 'open', to: 'half_open' },
      },
      {
        level: 'info',
        message: 'Circuit breaker closed',
        fields: { endpoint: 'answers', from: 'half_open', to: 'closed' },
      },
    ]);
  });
});

describe('CallRecord', () => {
  function begin(): {
    record: CallRecord;
    metrics: TestMetrics;
    tracer: TestTracer;
    logger: TestLogger;
  } {
    const sinks = {
      metrics: new TestMetrics(),
      tracer: new TestTracer(),
      logger: new TestLogger(),
      clock: new ManualClock(),
    };
    return { record: new Telemetry('acme', sinks).begin('answers.create', 'small'), ...sinks };
  }

  const outcome = { status: 200, requestId: undefined, usage: undefined };

  it('is closed once: late news change nothing', () => {
    const { record, metrics, tracer, logger } = begin();
    record.succeeded(outcome);
    record.succeeded(outcome);
    record.failed(new RateLimitError('late'));
    record.streamEnded({ ...outcome, events: 1, firstEventMs: 1, cancelled: true });
    expect(metrics.value('acme_requests_total')).toBe(1);
    expect(metrics.value('acme_errors_total')).toBeUndefined();
    expect(logger.lines).toHaveLength(2);
    expect(tracer.spans[0]).toMatchObject({ ended: true, lateCalls: [], errors: [] });
  });

  it.each([
    { inputTokens: Number.NaN, outputTokens: 1 },
    { inputTokens: 1, outputTokens: -1 },
    { inputTokens: undefined as unknown as number, outputTokens: 1 },
  ])('counts no tokens that are no numbers: %o', (usage) => {
    const { record, metrics } = begin();
    record.succeeded({ ...outcome, usage });
    expect(metrics.value('acme_requests_total', { status: 'ok' })).toBe(1);
    expect(metrics.value('acme_tokens_total')).toBeUndefined();
  });

  it('labels what is none of our errors', () => {
    const { record, metrics } = begin();
    record.failed(new Error('raw'));
    expect(metrics.value('acme_errors_total', { error_type: 'unknown' })).toBe(1);
  });

  it('counts an abort by its code', () => {
    const { record, metrics } = begin();
    record.failed(new AbortedError('enough'));
    expect(metrics.value('acme_errors_total', { error_type: 'aborted' })).toBe(1);
  });
});
