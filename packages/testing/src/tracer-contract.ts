import { deepEqual, equal, ok, rejects, throws } from 'node:assert/strict';
import {
  type Attributes,
  type AttributeValue,
  noopSpan,
  type Span,
  type SpanKind,
  type SpanStatus,
  type Tracer,
} from '@integrations/types';
import {
  type ContractCase,
  type ContractOptions,
  describeContract,
  withSubject,
} from './contract.ts';

/** A span as it was recorded when it ended. */
export interface EndedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  /** The name of its parent. */
  readonly parent?: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  /** The messages of the errors that it was given. */
  readonly errors: readonly string[];
  readonly status: SpanStatus;
}

/** A tracer, and the spans of it that have ended. */
export interface ReadableTracer {
  readonly tracer: Tracer;
  /** In the order in which they ended. */
  ended(): readonly EndedSpan[] | Promise<readonly EndedSpan[]>;
}

/** Options of `describeTracerContract`. */
export interface TracerContractOptions extends ContractOptions<void, ReadableTracer> {
  /** Whether it records at all; false for one that traces nothing. @default true */
  readonly records?: boolean;
}

type TracerCase = ContractCase<ReadableTracer>;

async function onlySpan(readable: ReadableTracer): Promise<EndedSpan> {
  const spans = await readable.ended();
  const [span] = spans;
  equal(spans.length, 1, `${spans.length} spans were recorded, not 1`);
  ok(span !== undefined, 'no span was recorded');
  return span;
}

async function parentOf(readable: ReadableTracer, name: string): Promise<string | undefined> {
  const span = (await readable.ended()).find((candidate) => candidate.name === name);
  ok(span !== undefined, `no span named ${name} was recorded`);
  return span.parent;
}

function checkHeaders(tracer: Tracer, span: Span, whose: string): void {
  const headers: Readonly<Record<string, unknown>> = tracer.propagationHeaders?.(span) ?? {};
  for (const [name, value] of Object.entries(headers)) {
    equal(name, name.toLowerCase(), `the header ${name} of ${whose} is not in lower case`);
    equal(typeof value, 'string', `the header ${name} of ${whose} is no string`);
  }
}

const alwaysCases: readonly TracerCase[] = [
  {
    promise: 'there is no current span outside of withSpan()',
    check: ({ tracer }) => {
      equal(tracer.currentSpan(), undefined, 'there is a current span at first');
      const span = tracer.startSpan('call');
      equal(tracer.currentSpan(), undefined, 'startSpan() made its span the current one');
      tracer.withSpan(span, () => undefined);
      equal(tracer.currentSpan(), undefined, 'there is a current span after withSpan()');
      span.end();
    },
  },
  {
    promise: 'withSpan() runs the function once and gives what it gives, or throws what it throws',
    check: async ({ tracer }) => {
      const span = tracer.startSpan('call');
      let runs = 0;
      const result = tracer.withSpan(span, () => {
        runs += 1;
        return 'result';
      });
      equal(result, 'result', 'withSpan() did not return what its function returned');
      equal(runs, 1, `the function ran ${runs} times`);
      equal(await tracer.withSpan(span, async () => 'later'), 'later');
      const failure = new Error('failed');
      const isFailure = (error: unknown): boolean => error === failure;
      throws(() => {
        tracer.withSpan(span, () => {
          throw failure;
        });
      }, isFailure);
      await rejects(
        tracer.withSpan(span, async () => {
          throw failure;
        }),
        isFailure,
      );
      span.end();
    },
  },
  {
    promise:
      'propagationHeaders(), where there is one, gives headers in lower case for any span, a foreign one too',
    check: ({ tracer }) => {
      const span = tracer.startSpan('call');
      checkHeaders(tracer, span, 'a span of its own');
      checkHeaders(tracer, { ...noopSpan }, 'a foreign span');
      tracer.withSpan(span, () => checkHeaders(tracer, span, 'the current span'));
      span.end();
      checkHeaders(tracer, span, 'a span that ended');
    },
  },
];

const currentCases: readonly TracerCase[] = [
  {
    promise: 'the span is the current one while the function runs, through asynchronous work too',
    check: async (readable) => {
      const { tracer } = readable;
      const outer = tracer.startSpan('outer');
      await tracer.withSpan(outer, async () => {
        await Promise.resolve();
        const inner = tracer.startSpan('inner');
        tracer.withSpan(inner, () => tracer.startSpan('innermost').end());
        inner.end();
        tracer.startSpan('sibling').end();
      });
      outer.end();
      tracer.startSpan('after').end();
      equal(await parentOf(readable, 'inner'), 'outer', 'the current span was lost in an await');
      equal(await parentOf(readable, 'innermost'), 'inner', 'the inner span was not current');
      equal(await parentOf(readable, 'sibling'), 'outer', 'the outer span was not restored');
      equal(await parentOf(readable, 'after'), undefined, 'the span stayed current');
    },
  },
  {
    promise: 'currentSpan() gives the span that withSpan() was given',
    check: async (readable) => {
      const { tracer } = readable;
      const span = tracer.startSpan('call');
      tracer.withSpan(span, () => tracer.currentSpan()?.setAttribute('seen', true));
      span.end();
      equal((await onlySpan(readable)).attributes['seen'], true, 'another span was current');
    },
  },
  {
    promise: 'the current span is restored when the function throws',
    check: ({ tracer }) => {
      const span = tracer.startSpan('call');
      throws(() => {
        tracer.withSpan(span, () => {
          throw new Error('failed');
        });
      });
      equal(tracer.currentSpan(), undefined, 'the span of the function that threw stayed current');
      span.end();
    },
  },
  {
    promise: 'work that runs at once has each its own current span',
    check: async (readable) => {
      const { tracer } = readable;
      const work = async (name: string): Promise<void> => {
        const span = tracer.startSpan(name);
        await tracer.withSpan(span, async () => {
          for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
          tracer.startSpan(`child of ${name}`).end();
        });
        span.end();
      };
      await Promise.all([work('a'), work('b')]);
      equal(await parentOf(readable, 'child of a'), 'a', 'concurrent work mixed its spans');
      equal(await parentOf(readable, 'child of b'), 'b', 'concurrent work mixed its spans');
    },
  },
  {
    promise: 'a parent that is named wins over the current span',
    check: async (readable) => {
      const { tracer } = readable;
      const named = tracer.startSpan('named');
      const current = tracer.startSpan('current');
      tracer.withSpan(current, () => tracer.startSpan('child', { parent: named }).end());
      for (const span of [current, named]) span.end();
      equal(await parentOf(readable, 'child'), 'named', 'the named parent was not taken');
    },
  },
];

function fill(span: Span): void {
  span.setAttribute('tokens', 12);
  span.addEvent('first token', { after: 5 });
  span.recordError(new Error('refused'));
  span.setStatus('error');
}

const recordingCases: readonly TracerCase[] = [
  {
    promise: 'what a span is told is recorded when it ends, once',
    check: async (readable) => {
      const span = readable.tracer.startSpan('chat', {
        kind: 'client',
        attributes: { model: 'large', stop: ['a', 'b'], absent: undefined },
      });
      fill(span);
      equal((await readable.ended()).length, 0, 'a span was recorded before it ended');
      span.end();
      const { name, kind, attributes, status, ...lists } = await onlySpan(readable);
      deepEqual({ name, kind, status }, { name: 'chat', kind: 'client', status: 'error' });
      deepEqual(
        { ...attributes },
        { model: 'large', stop: ['a', 'b'], tokens: 12 },
        `the attributes are ${JSON.stringify(attributes)}`,
      );
      const event = lists.events.find((candidate) => candidate.name === 'first token');
      equal(event?.attributes['after'], 5, 'the event is missing, or its attributes');
      deepEqual(lists.errors, ['refused'], `the errors are ${JSON.stringify(lists.errors)}`);
    },
  },
  {
    promise: 'a span begins as internal and its status is unset',
    check: async (readable) => {
      readable.tracer.startSpan('bare').end();
      const { kind, status, parent } = await onlySpan(readable);
      deepEqual({ kind, status, parent }, { kind: 'internal', status: 'unset', parent: undefined });
    },
  },
  {
    promise: 'each kind and status is recorded as it is given',
    check: async (readable) => {
      const kinds = ['internal', 'client', 'server', 'producer', 'consumer'] as const;
      const statuses = ['unset', 'ok', 'error', 'ok', 'error'] as const;
      for (const [index, kind] of kinds.entries()) {
        const span = readable.tracer.startSpan(kind, { kind });
        const status = statuses[index];
        if (status !== undefined && status !== 'unset') span.setStatus(status);
        span.end();
      }
      const spans = await readable.ended();
      deepEqual(
        spans.map(({ kind }) => kind),
        kinds,
      );
      deepEqual(
        spans.map(({ status }) => status),
        statuses,
      );
    },
  },
];

const silentCases: readonly TracerCase[] = [
  {
    promise: 'a tracer that records nothing takes everything that a span is told',
    check: async (readable) => {
      const parent = readable.tracer.startSpan('parent');
      const span = readable.tracer.startSpan('child', { kind: 'client', parent });
      fill(span);
      span.end();
      parent.end();
      equal((await readable.ended()).length, 0, 'spans were recorded');
    },
  },
];

/** Checks what `Tracer` and `Span` promise: the current span, parents, and what is recorded. */
export function describeTracerContract(options: TracerContractOptions): void {
  const specific = options.records === false ? silentCases : [...currentCases, ...recordingCases];
  describeContract(options, {
    interfaceName: 'Tracer',
    cases: [...alwaysCases, ...specific],
    attempt: (check) => withSubject(options, undefined, check),
  });
}
