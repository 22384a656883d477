import { AbortedError, RateLimitError } from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { ResilienceOrchestrator } from '@integrations/resilience';
import {
  ManualClock,
  MockCircuitBreaker,
  TestLogger,
  TestMetrics,
  type TestSpan,
  TestTracer,
} from '@integrations/testing';
import {
  type AttemptObserver,
  type HttpTransport,
  type MetricsRecorder,
  noopTracer,
  type Orchestrator,
  type Span,
} from '@integrations/types';
import { describe, expect, it } from 'vitest';
import {
  AcmeHarness,
  collect,
  createTelemetry,
  CREATE,
  delta,
  DONE,
  RETRIEVE,
} from '../acme.test.support.ts';
import { failure } from '../manual-response.test.support.ts';
import type { CallRecord } from './call-record.ts';

const USAGE = { inputTokens: 3, outputTokens: 5 };
const ANSWER = { output: 'hi', model: 'small-2', finish: 'stop', usage: USAGE };

/** Spans as lines, each below its parent and further to the right. */
function tree({ spans }: TestTracer): string[] {
  const below = (parent: Span | undefined, depth: number): string[] =>
    spans
      .filter((span) => span.parent === parent)
      .flatMap((span: TestSpan) => [
        `${'  '.repeat(depth)}${span.name} ${span.status}`,
        ...below(span, depth + 1),
      ]);
  return below(undefined, 0);
}

function eventNames(span: TestSpan): string[] {
  return span.events.map(({ name }) => name);
}

describe('the spans of a call', () => {
  it('are the whole way, at full detail', async () => {
    const clock = new ManualClock();
    const circuitBreaker = new MockCircuitBreaker();
    const rateLimiter = createRateLimiter({ requestsPerMinute: 10, clock });
    const orchestrator = new ResilienceOrchestrator({ circuitBreaker, rateLimiter, clock });
    const h = new AcmeHarness({ protection: { orchestrator, circuitBreaker, rateLimiter } });
    h.transport.respond({ json: ANSWER });
    await h.create();
    expect(tree(h.tracer)).toEqual([
      'acme.answers.create ok',
      '  acme.validate ok',
      '  acme.execute ok',
      '    acme.breaker ok',
      '    acme.limiter unset',
      '    acme.http ok',
      '      acme.serialize unset',
      '      http.send unset',
      '      acme.deserialize unset',
      '  acme.record unset',
    ]);
    expect(h.tracer.open).toEqual([]);
    expect(h.tracer.spans.flatMap(({ lateCalls }) => lateCalls)).toEqual([]);
    expect(h.tracer.span('acme.validate').attributes).toEqual({ model: 'small', message_count: 1 });
    expect(h.tracer.span('acme.breaker').attributes).toEqual({ state: 'closed', allowed: true });
    expect(h.tracer.span('acme.limiter').attributes).toEqual({ wait_time_ms: 0 });
    expect(h.tracer.span('acme.serialize').attributes).toEqual({ body_size_bytes: 33 });
    expect(h.tracer.span('http.send').attributes).toEqual({
      'peer.address': 'api.acme.test',
      'peer.port': 443,
    });
    expect(h.tracer.span('acme.record').attributes).toEqual({
      'tokens.prompt': 3,
      'tokens.completion': 5,
    });
    expect(h.tracer.span('acme.execute').attributes).toEqual({
      'acme.attempt': 1,
      'acme.circuit': 'closed',
    });
  });

  it('tell on the first of them what the call was', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: ANSWER });
    await h.create();
    const root = h.tracer.span('acme.answers.create');
    expect(root).toMatchObject({ kind: 'client', status: 'ok', errors: [] });
    expect(root.attributes).toEqual({
      'acme.model': 'small',
      'acme.messages': 1,
      'acme.temperature': 0.5,
      'acme.finish_reason': 'stop',
      'acme.prompt_tokens': 3,
      'acme.completion_tokens': 5,
      'acme.total_tokens': 8,
      'acme.usage': 'reported',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'acme_ai',
      'gen_ai.request.model': 'small',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.response.model': 'small-2',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': 5,
      'server.address': 'api.acme.test',
      'server.port': 443,
    });
    const others = h.tracer.spans.filter((span) => span !== root);
    expect(others.flatMap((span) => Object.keys(span.attributes)).join()).not.toContain('gen_ai');
  });

  it('are those of the attempts, at standard detail', async () => {
    const h = new AcmeHarness({ attempts: 2, settings: { spanDetail: 'standard' } });
    h.transport.respond({ status: 503 }).respond({ json: ANSWER });
    await h.create();
    expect(tree(h.tracer)).toEqual([
      'acme.answers.create ok',
      '  acme.execute ok',
      '    acme.http error',
      '    acme.http ok',
    ]);
    const [first, second] = h.tracer.spans.filter(({ name }) => name === 'acme.http');
    expect(first?.attributes).toEqual({
      'http.request.method': 'POST',
      'url.full': 'https://api.acme.test/v1/answers',
      'server.address': 'api.acme.test',
      'server.port': 443,
      'http.response.status_code': 503,
      'http.response.body.size': 0,
      method: 'POST',
      url: 'https://api.acme.test/v1/answers',
      status_code: 503,
    });
    expect(first).toMatchObject({ kind: 'client', errors: [{ status: 503 }] });
    expect(first === undefined ? [] : eventNames(first)).toEqual([
      'request_sent',
      'response_received',
    ]);
    expect(second?.attributes).toMatchObject({
      'http.request.resend_count': 1,
      'http.response.status_code': 200,
    });
  });

  it('are one, at minimal detail, which is the parent of what the attempt does', async () => {
    const h = new AcmeHarness({ settings: { spanDetail: 'minimal' } });
    h.transport.reply(() => {
      h.tracer.startSpan('inner').end();
      return { json: ANSWER };
    });
    await h.create();
    expect(tree(h.tracer)).toEqual(['acme.answers.create ok', '  inner unset']);
  });

  it('have the request for their current one while it is on its way', async () => {
    const h = new AcmeHarness({ settings: { spanDetail: 'standard' } });
    h.transport.reply(() => {
      h.tracer.startSpan('inner').end();
      return { json: ANSWER };
    });
    await h.create();
    expect(h.tracer.span('inner').parent).toBe(h.tracer.span('acme.http'));
  });

  it.each(['minimal', 'standard', 'full'] as const)(
    'go on at the server: its parent is the request at %s detail',
    async (spanDetail) => {
      const h = new AcmeHarness({ settings: { spanDetail } });
      h.transport.respond({ json: ANSWER });
      await h.create();
      const name = spanDetail === 'minimal' ? 'acme.answers.create' : 'acme.http';
      expect(h.transport.requests[0]?.headers).toMatchObject(
        h.tracer.propagationHeaders(h.tracer.span(name)),
      );
    },
  );

  it('show a wait in line, and who was turned away', async () => {
    const clock = new ManualClock();
    const rateLimiter = createRateLimiter({ requestsPerMinute: 1, maxQueue: 1, clock });
    const orchestrator = new ResilienceOrchestrator({ rateLimiter, clock });
    const h = new AcmeHarness({ clock, protection: { orchestrator, rateLimiter } });
    h.transport.respond({ json: ANSWER }).respond({ json: ANSWER });
    await h.create();
    const waiting = h.create();
    const refused = await failure(h.create());
    expect(refused).toMatchObject({ code: 'queue_full' });
    await clock.advance(60_000);
    await waiting;
    const waits = h.tracer.spans.filter(({ name }) => name === 'acme.limiter');
    expect(waits.map(({ attributes, status }) => [attributes['wait_time_ms'], status])).toEqual([
      [0, 'unset'],
      [60_000, 'unset'],
      [undefined, 'error'],
    ]);
    expect(h.tracer.open).toEqual([]);
    expect(h.metrics.values('acme_rate_limit_wait_seconds')).toEqual([0, 60]);
    expect(h.metrics.value('acme_rate_limit_rejections_total')).toBe(1);
  });

  it('tell of a wait for a place among the calls in flight', async () => {
    const clock = new ManualClock();
    const bulkhead = new Semaphore({ limit: 1, clock });
    const orchestrator = new ResilienceOrchestrator({ bulkhead, clock });
    const h = new AcmeHarness({ clock, protection: { orchestrator } });
    h.transport.reply(async () => {
      await clock.sleep(30);
      return { json: ANSWER };
    });
    h.transport.respond({ json: ANSWER });
    const answers = Promise.all([h.create(), h.create()]);
    await clock.advance(30);
    await answers;
    const [first, second] = h.tracer.spans.filter(({ name }) => name === 'acme.execute');
    expect(first?.events).toEqual([]);
    expect(second?.events).toEqual([
      { name: 'bulkhead_acquired', attributes: { wait_time_ms: 30 } },
    ]);
  });

  it('end with the call, though an attempt never does', async () => {
    const h = new AcmeHarness({ attempts: 2, timeoutMs: 100, transport: deafOnce() });
    const answer = h.create();
    await h.clock.advance(100);
    await answer;
    expect(h.tracer.open).toEqual([]);
    expect(h.metrics.value('acme_retries_total', { reason: 'attempt_timeout' })).toBe(1);
  });

  it('are in error from the answer that cannot be read up to the call', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { nothing: true } });
    await failure(h.create());
    expect(tree(h.tracer)).toEqual([
      'acme.answers.create error',
      '  acme.validate ok',
      '  acme.execute error',
      '    acme.http error',
      '      acme.serialize unset',
      '      http.send unset',
      '      acme.deserialize error',
    ]);
  });

  it('show a request that is wrong', async () => {
    const h = new AcmeHarness();
    const error = await failure(h.create({ model: 'small', input: 'forbidden' }));
    expect(tree(h.tracer)).toEqual(['acme.answers.create error', '  acme.validate error']);
    expect(h.tracer.span('acme.validate').errors).toEqual([error]);
  });
});

/** Never answers the first request. */
function deafOnce(): HttpTransport {
  let sends = 0;
  return {
    send: async () => {
      sends += 1;
      if (sends === 1) await new Promise(() => undefined);
      const body = new TextEncoder().encode('{"output":"hi"}');
      return { status: 200, headers: {}, url: 'https://api.acme.test/', body };
    },
    sendStreaming: () => Promise.reject(new Error('not used')),
  };
}

describe('the metrics of a call', () => {
  it('are its end, its time, its sizes and its tokens', async () => {
    const h = new AcmeHarness();
    h.transport.reply(async () => {
      await h.clock.sleep(250);
      return { json: ANSWER };
    });
    const answer = h.create();
    await h.clock.advance(250);
    await answer;
    const labels = { endpoint: 'answers', model: 'small' };
    expect(h.metrics.value('acme_requests_total', { ...labels, status: 'ok' })).toBe(1);
    expect(h.metrics.values('acme_request_duration_seconds', labels)).toEqual([0.25]);
    expect(h.metrics.values('acme_request_size_bytes', { endpoint: 'answers' })).toEqual([33]);
    expect(h.metrics.values('acme_response_size_bytes', { endpoint: 'answers' })).toEqual([
      JSON.stringify(ANSWER).length,
    ]);
    expect(h.metrics.value('acme_tokens_total', { model: 'small', type: 'prompt' })).toBe(3);
    expect(h.metrics.value('acme_tokens_total', { model: 'small', type: 'completion' })).toBe(5);
    expect(h.metrics.value('acme_usage_total', { model: 'small', state: 'reported' })).toBe(1);
    expect(h.metrics.values('gen_ai.client.operation.duration')).toEqual([0.25]);
    expect(h.metrics.values('gen_ai.client.token.usage', { 'gen_ai.token.type': 'input' })).toEqual(
      [3],
    );
    expect(h.metrics.value('acme_errors_total')).toBeUndefined();
    expect(h.metrics.value('acme_retries_total')).toBeUndefined();
  });

  it('count each attempt after the first, with what the one before failed of', async () => {
    const h = new AcmeHarness({ attempts: 3 });
    h.transport.respond({ status: 429 }).fail(new TypeError('fetch failed'));
    h.transport.respond({ json: ANSWER });
    await h.create();
    const retries = (reason: string): number | undefined =>
      h.metrics.value('acme_retries_total', { endpoint: 'answers', reason });
    expect(h.metrics.value('acme_retries_total')).toBe(2);
    expect([retries('rate_limit'), retries('connection')]).toEqual([1, 1]);
    expect(h.tracer.span('acme.answers.create').events).toEqual([
      { name: 'retry', attributes: { attempt: 2, reason: 'rate_limit' } },
      { name: 'retry', attributes: { attempt: 3, reason: 'connection' } },
    ]);
    expect(h.endings).toEqual(['ok']);
  });

  it('count no retry that the breaker forbade', async () => {
    const clock = new ManualClock();
    const closed = new ResilienceOrchestrator({ clock });
    const open = new ResilienceOrchestrator({
      circuitBreaker: new MockCircuitBreaker({ state: 'open' }),
      clock,
    });
    const orchestrator: Orchestrator = {
      execute: async (operation, options) => {
        await failure(closed.execute(operation, options));
        const observe = (): AttemptObserver => options?.observe?.(2) ?? expect.fail('no observer');
        return await open.execute(operation, { ...options, observe });
      },
    };
    const h = new AcmeHarness({ clock, protection: { orchestrator } });
    h.transport.respond({ status: 503 });
    expect(await failure(h.create())).toMatchObject({ code: 'circuit_open' });
    expect(h.metrics.value('acme_retries_total')).toBeUndefined();
    expect(h.tracer.open).toEqual([]);
  });

  it('count the last failure once, after all attempts', async () => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport.respond({ status: 500 }).respond({ status: 500 });
    await failure(h.create());
    const labels = { endpoint: 'answers', error_type: 'server' };
    expect(h.metrics.value('acme_errors_total', labels)).toBe(1);
    expect(h.metrics.value('acme_retries_total', { reason: 'server' })).toBe(1);
    expect(
      h.metrics.values('gen_ai.client.operation.duration', { 'error.type': 'server' }),
    ).toHaveLength(1);
    expect(h.endings).toEqual(['error']);
  });

  it('say that the tokens of an answer are not known', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { output: 'hi' } });
    await h.create();
    expect(h.metrics.value('acme_usage_total', { state: 'unknown' })).toBe(1);
    expect(h.metrics.value('acme_tokens_total')).toBeUndefined();
    expect(h.tracer.span('acme.answers.create').attributes['acme.usage']).toBe('unknown');
  });

  it('are recorded inside of the call, for examples that link to it', async () => {
    const tracer = new TestTracer();
    const seen = new Map<string, Span | undefined>();
    const note = (name: string) => () => void seen.set(name, tracer.currentSpan());
    const metrics: MetricsRecorder = {
      counter: (name) => ({ add: note(name) }),
      histogram: (name) => ({ observe: note(name) }),
      gauge: (name) => ({ set: note(name) }),
    };
    const sinks = { tracer, metrics, clock: new ManualClock(), logger: new TestLogger() };
    const record = createTelemetry(sinks).begin(CREATE, { body: { model: 'small' } }, 'small');
    record.facts.usage = USAGE;
    record.succeeded({ status: 200, requestId: undefined });
    const root = tracer.span('acme.answers.create');
    for (const name of ['requests_total', 'request_duration_seconds', 'tokens_total']) {
      expect(seen.get(`acme_${name}`)).toBe(root);
    }
  });

  it('say nothing of tokens where none are used', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { output: 'hi' } });
    await h.caller.call(RETRIEVE, { params: { answer_id: '1' } });
    expect(h.metrics.value('acme_usage_total')).toBeUndefined();
    expect(h.tracer.span('acme.answers.retrieve').attributes).toEqual({});
    expect(h.logger.lines.at(-1)?.fields['usage']).toBeUndefined();
  });

  it('name no model where the body has none', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: ANSWER });
    await h.create({});
    expect(h.metrics.value('acme_requests_total', { model: 'none' })).toBe(1);
  });
});

describe('the log lines of a call', () => {
  const call = {
    correlation_id: '00000000-1',
    operation: 'answers.create',
    endpoint: '/answers',
    model: 'small',
  };

  it('are two at info', async () => {
    const h = new AcmeHarness();
    h.transport.reply(async () => {
      await h.clock.sleep(250);
      return { json: ANSWER, headers: { 'x-request-id': 'req_1' } };
    });
    const answer = h.create();
    await h.clock.advance(250);
    await answer;
    expect(h.logger.lines.filter(({ level }) => level === 'info')).toMatchObject([
      { message: 'Request started', fields: { target: 'acme::services::answers', ...call } },
      {
        message: 'Request completed',
        fields: {
          ...call,
          latency_ms: 250,
          status: 200,
          request_id: 'req_1',
          attempts: 1,
          finish_reason: 'stop',
          usage: 'reported',
          tokens_in: 3,
          tokens_out: 5,
        },
      },
    ]);
  });

  it('tell at debug of the request, the response, the limits and the retries', async () => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport.respond({
      status: 503,
      headers: { 'x-ratelimit-limit-requests': '10', 'x-ratelimit-remaining-requests': '9' },
    });
    h.transport.respond({ json: ANSWER });
    await h.create();
    expect(h.logger.messages('debug')).toEqual([
      'Request details',
      'Response received',
      'Rate limit remaining',
      'Retrying',
      'Response received',
    ]);
    expect(
      h.logger.lines.find(({ message }) => message === 'Request details')?.fields,
    ).toMatchObject({
      ...call,
      message_count: 1,
      parameters: { model: 'small', temperature: 0.5 },
    });
  });

  it.each([
    [429, 'Rate limit hit'],
    [503, 'Attempt failed'],
  ])('warn of a %i before the retry', async (status, message) => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport.respond({ status }).respond({ json: ANSWER });
    await h.create();
    expect(h.logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message, fields: { ...call, attempt: 1, error: { status } } },
    ]);
  });

  it('warn of nothing that will not be repeated, and say that the call failed', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ status: 400 });
    const error = await failure(h.create());
    expect(h.logger.messages('warn')).toEqual([]);
    expect(h.logger.lines.at(-1)).toMatchObject({
      level: 'error',
      message: 'Request failed',
      fields: { ...call, attempts: 1, error },
    });
  });

  it('warn of an answer that was held back', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { ...ANSWER, finish: 'content_filter' } });
    await h.create();
    expect(h.logger.messages('warn')).toEqual(['Answer was held back by the content filter']);
  });

  it('warn once of limits that are nearly used up, until they are not', async () => {
    const h = new AcmeHarness();
    for (const remaining of ['9', '8', '50', '9']) {
      h.transport.respond({
        json: ANSWER,
        headers: {
          'x-ratelimit-limit-requests': '100',
          'x-ratelimit-remaining-requests': remaining,
        },
      });
      await h.create();
    }
    expect(h.logger.messages('warn')).toEqual(['Rate limit approaching', 'Rate limit approaching']);
  });

  it('warn once of an API that will go', async () => {
    const h = new AcmeHarness();
    const headers = { deprecation: '@1790000000', sunset: 'Fri, 01 Jan 2027 00:00:00 GMT' };
    h.transport.respond({ json: ANSWER, headers }).respond({ json: ANSWER, headers });
    await h.create();
    await h.create();
    expect(h.logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: 'Deprecated API', fields: { operation: 'answers.create', ...headers } },
    ]);
  });

  it.each([
    [{}, false, false],
    [{ logRequests: true }, true, false],
    [{ logResponses: true }, false, true],
  ])('with %j show what is said: requests %s, answers %s', async (settings, asked, answered) => {
    const h = new AcmeHarness({ settings });
    h.transport.respond({ json: { ...ANSWER, output: `forty-two ${'x'.repeat(100)}` } });
    await h.create({ model: 'small', input: `question ${'y'.repeat(100)}` });
    const texts = (level: string): string =>
      JSON.stringify(h.logger.lines.filter((line) => line.level === level));
    expect([texts('debug').includes('question'), texts('trace').includes('y'.repeat(100))]).toEqual(
      [asked, asked],
    );
    expect([
      texts('debug').includes('forty-two'),
      texts('trace').includes('x'.repeat(100)),
    ]).toEqual([answered, answered]);
    expect(texts('debug')).not.toMatch(/x{100}|y{100}/);
    expect(texts('info')).not.toMatch(/question|forty-two/);
  });
});

describe('the record of a stream', () => {
  function answer(h: AcmeHarness): void {
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
    answer(h);
    const opening = h.stream();
    await h.clock.advance(40);
    const opened = await opening;
    const span = h.tracer.span('acme.answers.stream');
    expect(span.ended).toBe(false);
    expect(h.endings).toEqual([]);
    await h.clock.advance(60);
    await collect(opened);
    expect(span).toMatchObject({ status: 'ok', ended: true, lateCalls: [] });
    expect(span.events).toEqual([
      { name: 'stream_started', attributes: {} },
      { name: 'first_chunk_received', attributes: { ttft_ms: 40 } },
      { name: 'stream_completed', attributes: { total_chunks: 2, duration_ms: 100 } },
    ]);
    expect(span.attributes).toMatchObject({
      'acme.streaming': true,
      'acme.chunks': 2,
      'acme.stream_ms': 100,
      'acme.total_tokens': 8,
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': 0.04,
      'gen_ai.usage.output_tokens': 5,
    });
    expect(h.endings).toEqual(['ok']);
    expect(h.metrics.values('acme_request_duration_seconds')).toEqual([0.1]);
    expect(h.metrics.value('acme_stream_chunks_total', { model: 'small' })).toBe(2);
    expect(h.metrics.values('acme_time_to_first_token_seconds')).toEqual([0.04]);
    expect(h.metrics.values('acme_stream_duration_seconds')).toEqual([0.1]);
    expect(h.logger.lines.at(-1)).toMatchObject({
      level: 'info',
      message: 'Stream completed',
      fields: { latency_ms: 100, tokens_in: 3, tokens_out: 5, events: 2, ttft_ms: 40 },
    });
  });

  it('says that its reader left, and what that will have cost', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('a'), delta('b')], { stayOpen: true });
    const stream = await h.stream();
    const events = stream[Symbol.asyncIterator]();
    await events.next();
    await events.return?.();
    expect(h.endings).toEqual(['cancelled']);
    expect(h.logger.messages().at(-1)).toBe('Stream left before its end');
    expect(eventNames(h.tracer.span('acme.answers.stream')).at(-1)).toBe('stream_cancelled');
    expect(h.tracer.open).toEqual([]);
    expect(h.metrics.value('acme_errors_total')).toBeUndefined();
    expect(h.metrics.value('acme_usage_total', { state: 'estimated' })).toBe(1);
    expect(h.metrics.value('acme_tokens_total', { type: 'prompt' })).toBe(7);
    expect(h.metrics.value('acme_tokens_total', { type: 'completion' })).toBeGreaterThan(0);
    const { attributes } = h.tracer.span('acme.answers.stream');
    expect(attributes['acme.usage']).toBe('estimated');
    expect(attributes['gen_ai.usage.input_tokens']).toBeUndefined();
  });

  it('says what ended it early, and counts what it had given', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('a')]);
    const error = await failure(collect(await h.stream()));
    expect(h.endings).toEqual(['error']);
    expect(h.metrics.value('acme_errors_total', { error_type: 'stream_truncated' })).toBe(1);
    expect(h.metrics.value('acme_stream_chunks_total')).toBe(1);
    expect(h.metrics.value('acme_usage_total', { state: 'estimated' })).toBe(1);
    expect(h.tracer.span('acme.answers.stream')).toMatchObject({
      status: 'error',
      ended: true,
      errors: [error],
    });
    expect(h.tracer.open).toEqual([]);
    expect(h.logger.messages('error')).toEqual(['Request failed']);
  });

  it('measures the time from event to event', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('a'), delta('b') + delta('c') + DONE]);
    const events = (await h.stream())[Symbol.asyncIterator]();
    await events.next();
    await h.clock.advance(20);
    while (!(await events.next()).done);
    const name = 'gen_ai.client.operation.time_per_output_chunk';
    expect(h.metrics.values(name)).toEqual([0.02, 0]);
  });
});

describe('what a breaker does', () => {
  it('sets the gauge of its endpoint, counts the change, and is written', () => {
    const clock = new ManualClock();
    const metrics = new TestMetrics();
    const logger = new TestLogger();
    const telemetry = createTelemetry({ clock, metrics, logger, tracer: new TestTracer() });
    telemetry.breakerCreated('answers');
    telemetry.breakerChanged('answers', 'closed', 'open');
    telemetry.breakerChanged('answers', 'open', 'half_open');
    telemetry.breakerChanged('answers', 'half_open', 'closed');
    telemetry.breakerChanged('models', 'closed', 'open');
    expect(
      metrics.metrics
        .find(({ name }) => name === 'acme_circuit_breaker_state')
        ?.records.map(({ labels, value }) => [labels['endpoint'], value]),
    ).toEqual([
      ['answers', 0],
      ['answers', 1],
      ['answers', 2],
      ['answers', 0],
      ['models', 1],
    ]);
    const opened = { from: 'closed', to: 'open' };
    expect(metrics.value('acme_circuit_breaker_transitions_total', opened)).toBe(2);
    expect(logger.lines.slice(0, 3)).toEqual([
      {
        level: 'error',
        message: 'Circuit breaker open',
        fields: { endpoint: 'answers', from: 'closed', to: 'open' },
      },
      {
        level: 'warn',
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
    const telemetry = createTelemetry(sinks);
    return { record: telemetry.begin(CREATE, { body: { model: 'small' } }, 'small'), ...sinks };
  }

  const outcome = { status: 200, requestId: undefined };

  it('is closed once: late news change nothing', () => {
    const { record, metrics, tracer, logger } = begin();
    record.succeeded(outcome);
    const lines = logger.lines.length;
    record.succeeded(outcome);
    record.failed(new RateLimitError('late'));
    record.streamEnded({ ...outcome, events: 1, cancelled: true, estimate: undefined });
    expect(metrics.value('acme_requests_total')).toBe(1);
    expect(metrics.value('acme_errors_total')).toBeUndefined();
    expect(logger.lines).toHaveLength(lines);
    expect(tracer.spans[0]).toMatchObject({ ended: true, lateCalls: [], errors: [] });
  });

  it.each([
    { inputTokens: Number.NaN, outputTokens: 1 },
    { inputTokens: 1, outputTokens: -1 },
    { inputTokens: undefined as unknown as number, outputTokens: 1 },
  ])('counts no tokens that are no numbers: %o', (usage) => {
    const { record, metrics } = begin();
    record.facts.usage = usage;
    record.succeeded(outcome);
    expect(metrics.value('acme_requests_total', { status: 'ok' })).toBe(1);
    expect(metrics.value('acme_tokens_total')).toBeUndefined();
    expect(metrics.value('acme_usage_total', { state: 'unknown' })).toBe(1);
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

  it('traces nothing for a tracer that does nothing', () => {
    const { record } = begin();
    expect(record.observe(1).propagationHeaders).toBeDefined();
    const clock = new ManualClock();
    const silent = createTelemetry({
      clock,
      metrics: new TestMetrics(),
      logger: new TestLogger(),
      tracer: noopTracer,
    });
    expect(
      silent.begin(CREATE, { body: { model: 'small' } }, 'small').observe(1).propagationHeaders,
    ).toBe(undefined);
  });
});
