import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ATTEMPT,
  callsOf,
  callTree,
  DESERIALIZE,
  FAILED_ATTEMPT,
} from './call-trees.test.support.ts';
import { answerJson, EchoServer } from './echo-server.test.support.ts';
import { ObservedClient } from './observed-client.test.support.ts';
import { EMBEDDER, LARGE, MINI, QUESTION, type Work, work } from './observed-work.test.support.ts';
import type { CollectedEvent, CollectedSpan } from './otlp-collector.test.support.ts';
import {
  childrenOf,
  outline,
  stepsOf,
  theSpan,
  withDescendants,
} from './span-tree.test.support.ts';

/** Calls by the order in which they were made, with their trees. */
const TREES: readonly (readonly [call: string, tree: readonly string[]])[] = [
  ['of two at once', callTree('openai.chat.create', 'ok', [...ATTEMPT, DESERIALIZE])],
  ['the other of two at once', callTree('openai.chat.create', 'ok', [...ATTEMPT, DESERIALIZE])],
  [
    'repeated after a 503',
    callTree('openai.chat.create', 'ok', FAILED_ATTEMPT, [...ATTEMPT, DESERIALIZE]),
  ],
  ['a stream read whole', callTree('openai.chat.create_stream', 'ok', ATTEMPT)],
  ['a stream that is left', callTree('openai.chat.create_stream', 'ok', ATTEMPT)],
  ['embeddings', callTree('openai.embeddings.create', 'ok', [...ATTEMPT, DESERIALIZE])],
  ['refused with 401', callTree('openai.chat.create', 'error', FAILED_ATTEMPT)],
];

const MILLISECONDS: unknown = expect.any(Number);
const ID: unknown = expect.stringMatching(/^chatcmpl-\w+$/);

const REQUEST_SENT = { name: 'request_sent', attributes: {} };
const RESPONSE_RECEIVED = { name: 'response_received', attributes: {} };

function names(events: readonly CollectedEvent[]): readonly string[] {
  return events.map(({ name }) => name);
}

describe('the spans of a run', () => {
  let observed: ObservedClient;
  let done: Work;
  let spans: readonly CollectedSpan[];
  let calls: readonly CollectedSpan[];

  beforeAll(async () => {
    observed = await ObservedClient.start();
    done = await work(observed);
    await observed.observation.flush();
    spans = observed.observation.collector.spans;
    calls = callsOf(spans);
  });

  afterAll(() => observed[Symbol.asyncDispose]());

  function call(at: number): CollectedSpan {
    const found = calls[at];
    if (found === undefined) throw new Error(`there are only ${calls.length} calls`);
    return found;
  }

  function attributesOf(at: number, step: string): readonly CollectedSpan['attributes'][] {
    return stepsOf(spans, call(at), step).map(({ attributes }) => attributes);
  }

  it('are those of the calls that were made, and no others', () => {
    expect(calls).toHaveLength(TREES.length);
    const lines = TREES.flatMap(([, tree]) => tree);
    expect(spans).toHaveLength(lines.length + 1);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  });

  it.each(TREES.map(([name, tree], at) => ({ name, tree, at })))(
    'form the tree of a call: $name',
    ({ tree, at }) => {
      expect(outline(spans, call(at))).toEqual(tree);
      const trace = call(at).traceId;
      expect(withDescendants(spans, call(at)).every(({ traceId }) => traceId === trace)).toBe(true);
    },
  );

  it('of calls made at once have the span around them for a parent', () => {
    const order = theSpan(spans, 'shop.order');
    const below = childrenOf(spans, order);
    expect(below).toEqual([call(0), call(1)]);
    expect(below.map(({ attributes }) => attributes['gen_ai.request.model'])).toEqual([
      MINI,
      LARGE,
    ]);
    expect(calls.slice(2).map(({ parentSpanId }) => parentSpanId)).toEqual(['', '', '', '', '']);
    expect(new Set(calls.map(({ traceId }) => traceId)).size).toBe(calls.length - 1);
  });

  const shared = (): Record<string, unknown> => ({
    'gen_ai.provider.name': 'openai',
    'server.address': '127.0.0.1',
    'server.port': observed.simulator.port,
  });

  const request = (model: string): Record<string, unknown> => ({
    ...shared(),
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': model,
    'gen_ai.request.max_tokens': 50,
    'gen_ai.request.temperature': 0.5,
    'openai.api.type': 'chat_completions',
  });

  const usage = (input: number, output: number): Record<string, unknown> => ({
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    'gen_ai.usage.cache_read.input_tokens': 0,
    'gen_ai.usage.reasoning.output_tokens': 0,
    'openai.usage.state': 'reported',
  });

  const answer = ({ id, model, system_fingerprint, usage: used }: Work['small']) => ({
    'gen_ai.response.id': id,
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': ['stop'],
    'openai.response.service_tier': 'default',
    'openai.response.system_fingerprint': system_fingerprint,
    ...usage(used?.prompt_tokens ?? Number.NaN, used?.completion_tokens ?? Number.NaN),
  });

  it('tell of the call on its root: a whole answer', () => {
    expect(call(0).attributes).toEqual({ ...request(MINI), ...answer(done.small) });
    expect(call(1).attributes).toEqual({ ...request(LARGE), ...answer(done.large) });
    expect(call(2).attributes).toEqual({ ...request(MINI), ...answer(done.retried) });
  });

  const streamed = (chunks: number): Record<string, unknown> => ({
    ...request(MINI),
    'gen_ai.request.stream': true,
    'gen_ai.response.id': ID,
    'gen_ai.response.model': `${MINI}-2024-07-18`,
    'gen_ai.response.time_to_first_chunk': MILLISECONDS,
    'openai.response.service_tier': 'default',
    'openai.response.system_fingerprint': expect.any(String),
    'openai.stream.chunks_count': chunks,
    'openai.stream.duration_ms': MILLISECONDS,
  });

  it('tell of the call on its root: a stream', () => {
    const { inputTokens, outputTokens } = done.wholeUsage;
    expect(call(3).attributes).toEqual({
      ...streamed(done.wholeChunks),
      'gen_ai.response.finish_reasons': ['stop'],
      ...usage(inputTokens, outputTokens),
    });
    // What was estimated is nothing that the provider said.
    expect(call(4).attributes).toEqual({
      ...streamed(done.leftChunks),
      'openai.usage.state': 'estimated',
    });
  });

  it('tell of the call on its root: embeddings, and a failure', () => {
    expect(call(5).attributes).toEqual({
      ...shared(),
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.request.model': EMBEDDER,
      'gen_ai.request.encoding_formats': ['base64'],
      'gen_ai.embeddings.dimension.count': 8,
      'gen_ai.response.model': EMBEDDER,
      'gen_ai.usage.input_tokens': done.embeddedTokens,
      'gen_ai.usage.output_tokens': 0,
      'openai.usage.state': 'reported',
    });
    expect(call(6).attributes).toEqual({ ...request(MINI), 'error.type': 'authentication' });
  });

  it('have attributes of gen_ai on the roots of calls, and on no other', () => {
    const bearers = spans.filter(({ attributes }) =>
      Object.keys(attributes).some((name) => name.startsWith('gen_ai.')),
    );
    expect(new Set(bearers)).toEqual(new Set(calls));
  });

  it('tell of each step what there is to tell', () => {
    const port = observed.simulator.port;
    const url = `${observed.simulator.baseURL}/chat/completions`;
    const sent = Buffer.byteLength(JSON.stringify(observed.simulator.requests[0]?.body));
    const received = MILLISECONDS;
    const rows: readonly (readonly [step: string, attributes: object])[] = [
      ['openai.validate_request', { model: MINI, message_count: 2 }],
      [
        'openai.resilience.execute',
        { 'resilience.attempt': 1, 'resilience.circuit_state': 'closed' },
      ],
      ['openai.circuit_breaker.check', { state: 'closed', allowed: true }],
      ['openai.rate_limiter.acquire', { wait_time_ms: 0 }],
      [
        'openai.http_request',
        {
          method: 'POST',
          url,
          status_code: 200,
          'http.request.method': 'POST',
          'url.full': url,
          'server.address': '127.0.0.1',
          'server.port': port,
          'http.response.status_code': 200,
          'http.response.body.size': received,
        },
      ],
      ['openai.serialize_request', { body_size_bytes: sent }],
      ['http.send', { 'peer.address': '127.0.0.1', 'peer.port': port }],
      ['openai.deserialize_response', { body_size_bytes: received }],
      [
        'openai.record_metrics',
        {
          'tokens.prompt': done.small.usage?.prompt_tokens,
          'tokens.completion': done.small.usage?.completion_tokens,
        },
      ],
    ];
    for (const [step, attributes] of rows) expect(attributesOf(0, step)).toEqual([attributes]);
  });

  it('tell which attempt a request belongs to, and how it failed', () => {
    expect(attributesOf(2, 'openai.resilience.execute')).toEqual([
      { 'resilience.attempt': 2, 'resilience.circuit_state': 'closed' },
    ]);
    const [first, second] = stepsOf(spans, call(2), 'openai.http_request');
    expect(first?.attributes).toMatchObject({ status_code: 503, 'error.type': 'overloaded' });
    expect(first?.attributes).not.toHaveProperty('http.request.resend_count');
    expect(second?.attributes).toMatchObject({ status_code: 200, 'http.request.resend_count': 1 });
  });

  it('estimate the tokens of a stream that was left', () => {
    const [recorded] = attributesOf(4, 'openai.record_metrics');
    expect(recorded).toEqual({
      'tokens.prompt': MILLISECONDS,
      'tokens.completion': done.leftChunks,
    });
    expect(recorded?.['tokens.prompt']).toBeGreaterThan(0);
  });

  it('have the events of their calls', () => {
    expect(calls.map(({ events }) => names(events))).toEqual([
      [],
      [],
      ['retry'],
      ['stream_started', 'first_chunk_received', 'stream_completed'],
      ['stream_started', 'first_chunk_received', 'stream_cancelled'],
      [],
      ['exception'],
    ]);
    expect(call(2).events).toEqual([
      { name: 'retry', attributes: { attempt: 2, reason: 'overloaded' } },
    ]);
    expect(call(3).events.map(({ attributes }) => attributes)).toEqual([
      {},
      { ttft_ms: MILLISECONDS },
      { total_chunks: done.wholeChunks, duration_ms: MILLISECONDS },
    ]);
  });

  it('have the events of their requests', () => {
    const http = spans.filter(({ name }) => name === 'openai.http_request');
    for (const { events, status } of http) {
      expect(events.slice(0, 2)).toEqual([REQUEST_SENT, RESPONSE_RECEIVED]);
      expect(names(events.slice(2))).toEqual(status === 'error' ? ['exception'] : []);
    }
  });

  it('are those that the server was told of', () => {
    const http = calls.flatMap((one) => stepsOf(spans, one, 'openai.http_request'));
    const told = observed.simulator.requests.map(({ headers }) => headers['traceparent']);
    const own = http.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`);
    expect(told.slice(2)).toEqual(own.slice(2));
    // Two at once come in any order.
    expect(new Set(told)).toEqual(new Set(own));
  });

  it('are those that log lines name', () => {
    const { lines } = observed.observation;
    for (const [at, { traceId }] of calls.entries()) {
      const own = lines.filter(({ fields }) =>
        String(fields['correlation_id']).endsWith(`-${at + 1}`),
      );
      expect(own.map(({ message }) => message)).toContain('Request started');
      expect(new Set(own.map(({ span }) => span?.trace_id))).toEqual(new Set([traceId]));
    }
  });
});

describe('a call of which there are odd things to tell', () => {
  it('works all the same', async () => {
    const answer = {
      id: 5,
      model: null,
      system_fingerprint: null,
      service_tier: null,
      choices: [{ index: 0, finish_reason: {}, message: { role: 'assistant', content: 'Well' } }],
      usage: {
        prompt_tokens: 1,
        completion_tokens: 2,
        total_tokens: 3,
        prompt_tokens_details: { cached_tokens: null },
      },
    };
    await using server = await EchoServer.start(answerJson(200, () => answer));
    await using observed = await ObservedClient.start({ client: { baseURL: server.baseURL } });
    expect(await observed.client.chat.create(QUESTION)).toMatchObject(answer);
    await observed.observation.flush();
    const { spans } = observed.observation.collector;
    const { attributes } = theSpan(spans, 'openai.chat.create');
    expect(attributes).toMatchObject({ 'gen_ai.response.id': 5, 'gen_ai.usage.input_tokens': 1 });
    expect(outline(spans, theSpan(spans, 'openai.chat.create'))).toEqual(
      callTree('openai.chat.create', 'ok', [...ATTEMPT, DESERIALIZE]),
    );
  });
});
