import { TestTracer } from '@integrations/testing';
import { noopSpan, noopTracer, type Tracer } from '@integrations/types';
import { describe, expect, it, vi } from 'vitest';
import { ACME_TELEMETRY } from '../acme.test.support.ts';
import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import type { UsageState } from '../token-usage.ts';
import { CallSpans } from './call-spans.ts';
import type { SpanDetail } from './span-detail.ts';

const FACTS: RequestFacts = { operation: 'chat', model: 'small', stream: true, maxTokens: 9 };

/** Of a call that is no call to a model there are no facts. */
const NO_MODEL = null;

function open(
  tracer: Tracer,
  detail: SpanDetail = 'full',
  facts: RequestFacts | typeof NO_MODEL = FACTS,
): CallSpans {
  const settings = {
    tracer,
    detail,
    genAiProfile: '1.41',
    profile: ACME_TELEMETRY,
    server: { serverAddress: 'api.acme.test', serverPort: 443 },
  } as const;
  return new CallSpans(settings, 'acme.answers.create', 'small', facts ?? undefined);
}

function answered(spans: CallSpans, facts: AnswerFacts, state: UsageState, tokens?: number): void {
  const usage = tokens === undefined ? undefined : { inputTokens: tokens, outputTokens: 1 };
  spans.answered(facts, { state, tokens: usage }, undefined, undefined);
}

describe('the root of a call', () => {
  it('has what is known before the call from its beginning, for samplers', () => {
    const tracer = new TestTracer();
    const startSpan = vi.spyOn(tracer, 'startSpan');
    open(tracer);
    expect(startSpan).toHaveBeenCalledExactlyOnceWith('acme.answers.create', {
      kind: 'client',
      attributes: {
        'acme.model': 'small',
        'acme.max_tokens': 9,
        'acme.streaming': true,
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'acme_ai',
        'gen_ai.request.model': 'small',
        'gen_ai.request.stream': true,
        'gen_ai.request.max_tokens': 9,
        'server.address': 'api.acme.test',
        'server.port': 443,
      },
    });
  });

  it('has none of gen_ai where no model is called', () => {
    const tracer = new TestTracer();
    open(tracer, 'full', NO_MODEL);
    expect(tracer.span('acme.answers.create').attributes).toEqual({ 'acme.model': 'small' });
  });

  it('takes only values that a span can hold, whatever was asked', () => {
    const tracer = new TestTracer();
    const odd = { temperature: {}, seed: 1n, maxTokens: null, stopSequences: [1, 'a'], topP: [{}] };
    open(tracer, 'full', { ...FACTS, ...odd } as never);
    const { attributes } = tracer.span('acme.answers.create');
    expect(attributes).not.toHaveProperty('acme.temperature');
    expect(Object.keys(attributes).filter((name) => /temp|seed|max|stop|top/.test(name))).toEqual(
      [],
    );
  });

  it('takes only values that a span can hold, whatever was answered', () => {
    const tracer = new TestTracer();
    const odd = { id: 5, model: null, systemFingerprint: null, finishReasons: [{}, 'stop'] };
    answered(open(tracer), odd as never, 'unknown');
    const { attributes } = tracer.span('acme.answers.create');
    expect(attributes).toMatchObject({ 'gen_ai.response.id': 5, 'acme.usage': 'unknown' });
    expect(attributes).not.toHaveProperty('gen_ai.response.model');
    expect(attributes).not.toHaveProperty('openai.response.system_fingerprint');
    expect(attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
    expect(attributes).not.toHaveProperty('acme.finish_reason');
  });

  it('tells what was reported by the conventions, and what was estimated by its own names', () => {
    const told = (state: UsageState): object => {
      const tracer = new TestTracer();
      answered(open(tracer, 'full'), {}, state, 4);
      return tracer.span('acme.answers.create').attributes;
    };
    const own = { 'acme.prompt_tokens': 4, 'acme.completion_tokens': 1, 'acme.total_tokens': 5 };
    expect(told('reported')).toMatchObject({ ...own, 'gen_ai.usage.input_tokens': 4 });
    expect(told('estimated')).toMatchObject({ ...own, 'acme.usage': 'estimated' });
    expect(told('estimated')).not.toHaveProperty('gen_ai.usage.input_tokens');
  });
});

describe('the scope of attempts', () => {
  it.each([
    ['minimal', 'acme.answers.create'],
    ['standard', 'acme.execute'],
    ['full', 'acme.execute'],
  ] as const)('is at %s the span %s, which is the current one meanwhile', (detail, name) => {
    const tracer = new TestTracer();
    const spans = open(tracer, detail);
    const current = spans.execute(() => tracer.currentSpan());
    expect(current).toBe(tracer.span(name));
    expect(spans.scope).toBe(current);
  });

  it('tells how many attempts there were, and what the breaker said', () => {
    const tracer = new TestTracer();
    const spans = open(tracer);
    spans.execute(() => undefined);
    spans.executed(3, 'half_open');
    expect(tracer.span('acme.execute').attributes).toEqual({
      'acme.attempt': 3,
      'acme.circuit': 'half_open',
    });
  });

  it('ends with the call, in its status', () => {
    for (const [finish, status] of [
      [(spans: CallSpans) => spans.succeeded(), 'ok'],
      [(spans: CallSpans) => spans.failed(new Error('x')), 'error'],
    ] as const) {
      const tracer = new TestTracer();
      const spans = open(tracer);
      spans.execute(() => undefined);
      finish(spans);
      expect(tracer.spans.map((span) => [span.ended, span.status])).toEqual([
        [true, status],
        [true, status],
      ]);
    }
  });
});

describe('a tracer that does nothing', () => {
  it('is asked for nothing', () => {
    const spans = open(noopTracer);
    expect(spans.records('minimal')).toBe(false);
    expect(spans.scope).toBe(noopSpan);
    expect(spans.execute(() => 5)).toBe(5);
    expect(spans.propagationHeaders(noopSpan)).toBeUndefined();
    expect(spans.step('acme.validate')).toBe(noopSpan);
  });

  it('leaves the logger as it is', () => {
    const logger = { log: vi.fn<() => void>() };
    expect(open(noopTracer).logger(logger as never)).toBe(logger);
  });
});

describe('a tracer of another kind', () => {
  it('need not know of headers', () => {
    const tracer: Tracer = {
      startSpan: () => noopSpan,
      currentSpan: () => undefined,
      withSpan: (_span, run) => run(),
    };
    expect(open(tracer).propagationHeaders(noopSpan)).toBeUndefined();
  });
});
