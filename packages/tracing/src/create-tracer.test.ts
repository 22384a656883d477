import { ConfigurationError, RateLimitError, registerSecret } from '@integrations/errors';
import { describeTracerContract, type EndedSpan } from '@integrations/testing';
import { type AttributeValue, noopSpan, noopTracer } from '@integrations/types';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTracer } from './create-tracer.ts';
import {
  KIND_NAMES,
  parentName,
  record,
  STATUS_NAMES,
  unsampledTracer,
  useContextManager,
} from './recorded-spans.test.support.ts';

let release: () => void;
beforeAll(() => {
  release = useContextManager();
});
afterAll(() => release());

/** An error is `error.type` and an event in OpenTelemetry; the contract tells it apart from both. */
function ended(spans: readonly ReadableSpan[]): EndedSpan[] {
  return spans.map((span) => {
    const { 'error.type': _type, ...attributes } = span.attributes;
    const exceptions = span.events.filter(({ name }) => name === 'exception');
    return {
      name: span.name,
      kind: KIND_NAMES[span.kind],
      parent: parentName(spans, span),
      attributes: attributes as Record<string, AttributeValue>,
      events: span.events
        .filter((event) => !exceptions.includes(event))
        .map(({ name, attributes: told }) => ({
          name,
          attributes: { ...told } as Record<string, AttributeValue>,
        })),
      errors: exceptions.map(({ attributes: told }) => String(told?.['exception.message'])),
      status: STATUS_NAMES[span.status.code],
    };
  });
}

describeTracerContract({
  describe,
  it,
  name: 'createTracer with an SDK that records',
  create: () => {
    const { tracer, spans } = record();
    return { tracer, ended: () => ended(spans()) };
  },
});

describeTracerContract({
  describe,
  it,
  name: 'createTracer without an SDK',
  records: false,
  create: () => ({ tracer: createTracer(), ended: () => [] }),
});

describe('createTracer', () => {
  it('gives the sampler the attributes at the creation of the span', () => {
    const { tracer, span } = record();
    const began = tracer.startSpan('call', { attributes: { model: 'large', absent: undefined } });
    began.end();
    expect(span('call').attributes).toEqual({ model: 'large' });
  });

  it('continues spans that were made with the OpenTelemetry API itself', () => {
    const { tracer, spans, span } = record();
    const outer = tracer.startSpan('outer');
    tracer.withSpan(outer, () => {
      const current = tracer.currentSpan();
      current?.setAttribute('seen', true);
      tracer.startSpan('inner', { ...(current && { parent: current }) }).end();
    });
    outer.end();
    expect(span('outer').attributes).toEqual({ seen: true });
    expect(parentName(spans(), span('inner'))).toBe('outer');
  });

  it('keeps the current span where a span of another tracer is given', () => {
    const { tracer, spans, span } = record();
    const outer = tracer.startSpan('outer');
    const foreign = noopTracer.startSpan('foreign');
    tracer.withSpan(outer, () => {
      tracer.startSpan('child', { parent: foreign }).end();
      tracer.withSpan(noopSpan, () => tracer.startSpan('sibling').end());
    });
    outer.end();
    expect(['child', 'sibling'].map((name) => parentName(spans(), span(name)))).toEqual([
      'outer',
      'outer',
    ]);
  });

  it('writes nothing to a span that is over, and ends it once', () => {
    const { tracer, spans } = record();
    const span = tracer.startSpan('call');
    span.end();
    span.setAttribute('late', true);
    span.addEvent('late');
    span.recordError(new Error('late'));
    span.setStatus('error');
    span.end();
    expect(spans()).toHaveLength(1);
    expect(spans()[0]).toMatchObject({ attributes: {}, events: [], status: { code: 0 } });
  });

  it('reads nothing of what an unsampled span is told', () => {
    const tracer = unsampledTracer();
    const span = tracer.startSpan('call');
    const untouched = new Proxy(new Error('untouched'), {
      get: () => expect.unreachable('the error was read'),
    });
    span.recordError(untouched);
    span.setAttribute('key', 'value');
    span.setStatus('error');
    span.end();
    tracer.withSpan(span, () => expect(tracer.currentSpan()).toBeDefined());
  });

  it.each([
    ['tracer', { tracer: {} }],
    ['redact', { redact: 'yes' }],
  ])('refuses a wrong %s', (option, options) => {
    expect(() => createTracer(options as never)).toThrow(ConfigurationError);
    expect(() => createTracer(options as never)).toThrow(`\`${option}\``);
  });
});

describe('recordError', () => {
  it('records our code as the type, the class, the message and the stack with its causes', () => {
    const { tracer, span } = record();
    const call = tracer.startSpan('call');
    const cause = new Error('socket closed', { cause: 'ECONNRESET' });
    call.recordError(new RateLimitError('openai chat.create: too many requests.', { cause }));
    call.setStatus('error');
    call.end();
    const { attributes, events, status } = span('call');
    expect(attributes).toEqual({ 'error.type': 'rate_limit' });
    expect(events.map(({ name }) => name)).toEqual(['exception']);
    expect(events[0]?.attributes).toMatchObject({
      'exception.type': 'RateLimitError',
      'exception.message': 'openai chat.create: too many requests.',
      'exception.stacktrace': expect.stringMatching(
        /^RateLimitError: .*create-tracer\.test.*\nCaused by: Error: socket closed\nCaused by: ECONNRESET$/s,
      ),
    });
    expect(status.message).toBe('openai chat.create: too many requests.');
  });

  it.each([
    ['a class of its own', new TypeError('x'), 'TypeError', 'x'],
    ['no error at all', 'just text', '_OTHER', 'just text'],
    ['nothing', undefined, '_OTHER', 'undefined'],
    ['an object', { secret: 'hidden' }, '_OTHER', 'a value of type object'],
    ['a name that is no text', Object.assign(new Error('x'), { name: 5 }), '5', 'x'],
    [
      'a getter that throws',
      Object.defineProperty(new Error('x'), 'message', {
        get: () => {
          throw new Error('no');
        },
      }),
      '_OTHER',
      'An error that cannot be read.',
    ],
  ])('records %s', (_what, thrown, type, message) => {
    const { tracer, span } = record();
    const call = tracer.startSpan('call');
    call.recordError(thrown);
    call.end();
    expect(span('call').attributes['error.type']).toBe(type);
    expect(span('call').events[0]?.attributes?.['exception.message']).toBe(message);
  });

  it('ends with causes that go round in a circle', () => {
    const { tracer, span } = record();
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    const call = tracer.startSpan('call');
    call.recordError(first);
    call.end();
    const stack = String(span('call').events[0]?.attributes?.['exception.stacktrace']);
    expect(stack.match(/Caused by/g)).toHaveLength(1);
  });
});

describe('secrets', () => {
  const KEY = `sk-${'Abc123'.repeat(5)}`;

  it('are taken out of attributes, events, messages, stacks and causes', () => {
    const { tracer, span } = record();
    const call = tracer.startSpan('call', { attributes: { at: `the key ${KEY}` } });
    call.setAttribute('list', ['fine', `bearer ${KEY}`]);
    call.setAttribute('http.request.header.authorization', 'plain-credential');
    call.setAttribute('tokens', 12);
    call.addEvent('sent', { header: `Authorization: Bearer ${KEY}` });
    call.recordError(new Error(`refused ${KEY}`, { cause: new Error(`because of ${KEY}`) }));
    call.setStatus('error');
    call.end();
    const { attributes, events, status } = span('call');
    const everything = JSON.stringify({ attributes, events, status });
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain('plain-credential');
    expect(attributes).toMatchObject({
      at: 'the key [REDACTED]',
      list: ['fine', 'bearer [REDACTED]'],
      'http.request.header.authorization': '[REDACTED]',
      tokens: 12,
    });
  });

  it('are taken out by the hook instead, also of a text that came before', () => {
    const { tracer, span } = record({ redact: (text) => text.replaceAll('hush', '***') });
    const call = tracer.startSpan('call', { attributes: { a: 'hush', b: 'hush', c: 'fine' } });
    call.setAttribute('d', 'fine');
    call.end();
    expect(span('call').attributes).toEqual({ a: '***', b: '***', c: 'fine', d: 'fine' });
  });

  it('are taken out of a text that was clean before they were registered', () => {
    const { tracer, span } = record();
    const text = 'the late tracing secret';
    tracer.startSpan('before', { attributes: { text } }).end();
    expect(span('before').attributes).toEqual({ text });
    using registration = registerSecret('late tracing secret');
    expect(registration.registered).toBe(true);
    tracer.startSpan('after', { attributes: { text } }).end();
    expect(span('after').attributes).toEqual({ text: 'the [REDACTED]' });
  });

  it('never get through, however many texts came before', () => {
    const { tracer, spans } = record({ redact: (text) => text.replaceAll('!', '') });
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 700 }), (texts) => {
        const call = tracer.startSpan('call', { attributes: { texts } });
        call.end();
        const recorded = spans().at(-1)?.attributes['texts'];
        expect(recorded).toEqual(texts.map((text) => text.replaceAll('!', '')));
      }),
      { numRuns: 30 },
    );
  });
});
