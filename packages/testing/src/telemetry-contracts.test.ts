import {
  type Counter,
  type Fields,
  type Logger,
  noopSpan,
  type Span,
  type Tracer,
} from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './contract-run.test.support.ts';
import { describeLoggerContract, type ReadableLogger } from './logger-contract.ts';
import { describeMetricsContract, type ReadableMetrics } from './metrics-contract.ts';
import { TestLogger } from './test-logger.ts';
import { TestMetrics } from './test-metrics.ts';
import { TestSpan, TestTracer } from './test-tracer.ts';
import { describeTracerContract, type EndedSpan, type ReadableTracer } from './tracer-contract.ts';

function readableLogger(
  level: 'trace' | 'warn' | 'error' | 'info' | 'debug',
  change: (logger: Logger) => Partial<Logger> = () => ({}),
): ReadableLogger {
  const target = new TestLogger({ level });
  const logger: Logger = {
    log: (...line) => target.log(...line),
    error: (...line) => target.error(...line),
    warn: (...line) => target.warn(...line),
    info: (...line) => target.info(...line),
    debug: (...line) => target.debug(...line),
    trace: (...line) => target.trace(...line),
    isLevelEnabled: (asked) => target.isLevelEnabled(asked),
    child: (fields) => target.child(fields),
    ...change(target),
  };
  return { logger, lines: () => target.lines };
}

describeLoggerContract({ describe, it, create: ({ level }) => readableLogger(level) });

const WRONG_LOGGERS: Readonly<Record<string, [string, (logger: Logger) => Partial<Logger>]>> = {
  'mixes up two levels': [
    'each line is written with its level, message and fields, whichever method is called',
    (logger) => ({ warn: (...line) => logger.error(...line) }),
  ],
  'drops fields': [
    'each line is written with its level, message and fields, whichever method is called',
    (logger) => ({ info: (message) => logger.info(message) }),
  ],
  'needs fields': [
    'fields may be left out',
    (logger) => ({
      info: (message, fields) =>
        logger.info(message, Object.fromEntries(Object.entries(fields as Fields))),
    }),
  ],
  'says that all is written': [
    'what is finer than its level is not written, and isLevelEnabled() says so',
    () => ({ isLevelEnabled: () => true }),
  ],
  'has children without fields': [
    'a child adds its fields to every line, and to no line of its parent',
    (logger) => ({ child: () => logger }),
  ],
  'has children that say that all is written': [
    'a child writes the levels that its parent writes',
    (logger) => ({
      child: (fields) => {
        const child = logger.child(fields);
        child.isLevelEnabled = () => true;
        return child;
      },
    }),
  ],
};

describe('describeLoggerContract', () => {
  it.each(Object.entries(WRONG_LOGGERS))('fails one that %s', async (_fault, [promise, change]) => {
    const broken = await brokenPromises((framework) =>
      describeLoggerContract({
        ...framework,
        create: ({ level }) => readableLogger(level, change),
      }),
    );
    expect(broken).toContain(promise);
  });

  it('fails one that writes though it should not', async () => {
    const broken = await brokenPromises((framework) =>
      describeLoggerContract({
        ...framework,
        writes: false,
        create: ({ level }) => readableLogger(level),
      }),
    );
    expect(broken).toEqual([
      'a logger that writes nothing says so of every level, as do its children',
    ]);
  });
});

function endedSpan(span: TestSpan): EndedSpan {
  const { name, kind, parent, attributes, events, errors, status } = span;
  return {
    name,
    kind,
    parent: parent instanceof TestSpan ? parent.name : undefined,
    attributes,
    events,
    errors: errors.map((error) => (error as Error).message),
    status,
  };
}

function readableTracer(
  change: (tracer: TestTracer) => Partial<Tracer> = () => ({}),
): ReadableTracer {
  const target = new TestTracer();
  const tracer: Tracer = {
    startSpan: (name, options) => target.startSpan(name, options),
    currentSpan: () => target.currentSpan(),
    withSpan: (span, run) => target.withSpan(span, run),
    propagationHeaders: (span) => target.propagationHeaders(span),
    ...change(target),
  };
  return { tracer, ended: () => target.spans.filter(({ ended }) => ended).map(endedSpan) };
}

describeTracerContract({ describe, it, create: () => readableTracer() });

function withSpan(change: (span: TestSpan) => Partial<Span>) {
  return (tracer: TestTracer): Partial<Tracer> => ({
    startSpan: (name, options) => {
      const span = tracer.startSpan(name, options);
      return Object.assign(span, change(span));
    },
  });
}

const PROPAGATES =
  'propagationHeaders(), where there is one, gives headers in lower case for any span, a foreign one too';
const RECORDS = 'what a span is told is recorded when it ends, once';
const WRONG_TRACERS: Readonly<Record<string, [string, (tracer: TestTracer) => Partial<Tracer>]>> = {
  'always has a current span': [
    'there is no current span outside of withSpan()',
    () => ({ currentSpan: () => noopSpan }),
  ],
  'runs twice': [
    'withSpan() runs the function once and gives what it gives, or throws what it throws',
    (tracer) => ({
      withSpan: (span, run) => {
        tracer.withSpan(span, run);
        return tracer.withSpan(span, run);
      },
    }),
  ],
  'forgets the current span': [
    'the span is the current one while the function runs, through asynchronous work too',
    () => ({ withSpan: (_span, run) => run() }),
  ],
  'gives no current span': [
    'currentSpan() gives the span that withSpan() was given',
    () => ({ currentSpan: () => undefined }),
  ],
  'loses the span in an await': [
    'the span is the current one while the function runs, through asynchronous work too',
    (tracer) => {
      const stack: Span[] = [];
      return {
        startSpan: (name, options) => {
          const parent = options?.parent ?? stack.at(-1);
          return tracer.startSpan(name, parent === undefined ? options : { ...options, parent });
        },
        currentSpan: () => stack.at(-1),
        withSpan: (span, run) => {
          stack.push(span);
          try {
            return run();
          } finally {
            stack.pop();
          }
        },
      };
    },
  ],
  'keeps the span when the work throws': [
    'the current span is restored when the function throws',
    (tracer) => {
      let current: Span | undefined;
      return {
        currentSpan: () => current,
        withSpan: (span, run) => {
          const before = current;
          current = span;
          const result = tracer.withSpan(span, run);
          current = before;
          return result;
        },
      };
    },
  ],
  'capitalizes headers': [
    PROPAGATES,
    () => ({ propagationHeaders: () => ({ Traceparent: '00' }) }),
  ],
  'gives headers that are no strings': [
    PROPAGATES,
    () => ({ propagationHeaders: () => ({ traceparent: 0 as never }) }),
  ],
  'throws for a foreign span': [
    PROPAGATES,
    () => ({
      propagationHeaders: (span) => {
        if (!(span instanceof TestSpan)) throw new TypeError('not mine');
        return {};
      },
    }),
  ],
  'has one current span for all': [
    'work that runs at once has each its own current span',
    (tracer) => {
      let current: Span | undefined;
      return {
        startSpan: (name, options) =>
          tracer.startSpan(name, current === undefined ? options : { ...options, parent: current }),
        withSpan: (span, run) => {
          current = span;
          return run();
        },
      };
    },
  ],
  'ignores a named parent': [
    'a parent that is named wins over the current span',
    (tracer) => ({
      startSpan: (name, { kind, attributes } = {}) =>
        tracer.startSpan(name, {
          ...(kind === undefined ? {} : { kind }),
          ...(attributes === undefined ? {} : { attributes }),
        }),
    }),
  ],
  'drops attributes': [RECORDS, withSpan(() => ({ setAttribute: () => undefined }))],
  'drops events': [RECORDS, withSpan(() => ({ addEvent: () => undefined }))],
  'drops errors': [RECORDS, withSpan(() => ({ recordError: () => undefined }))],
  'drops the status': [
    'each kind and status is recorded as it is given',
    withSpan(() => ({ setStatus: () => undefined })),
  ],
  'records before the end': [
    RECORDS,
    (tracer) => ({
      startSpan: (name, options) => {
        const span = tracer.startSpan(name, options);
        span.end();
        return span;
      },
    }),
  ],
  'makes each span a client': [
    'a span begins as internal and its status is unset',
    (tracer) => ({
      startSpan: (name, options) => tracer.startSpan(name, { ...options, kind: 'client' }),
    }),
  ],
};

describe('describeTracerContract', () => {
  it.each(Object.entries(WRONG_TRACERS))('fails one that %s', async (_fault, [promise, change]) => {
    const broken = await brokenPromises((framework) =>
      describeTracerContract({
        ...framework,
        name: 'Tracer',
        create: () => readableTracer(change),
      }),
    );
    expect(broken).toContain(promise);
  });

  it('fails one that records though it should not', async () => {
    const broken = await brokenPromises((framework) =>
      describeTracerContract({ ...framework, records: false, create: () => readableTracer() }),
    );
    expect(broken).toEqual(['a tracer that records nothing takes everything that a span is told']);
  });
});

/** A recorder, its counters changed. */
function readableMetrics(
  change: (counter: Counter) => Counter = (counter) => counter,
): ReadableMetrics {
  const target = new TestMetrics();
  return {
    metrics: {
      counter: (...of) => change(target.counter(...of)),
      gauge: (...of) => target.gauge(...of),
      histogram: (...of) => target.histogram(...of),
    },
    read: (name, labels) => target.value(name, labels),
  };
}

describeMetricsContract({ describe, it, create: () => readableMetrics() });

/** A recorder whose metrics are read as somebody may keep them wrongly. */
function wrongMetrics(change: (target: TestMetrics) => Partial<ReadableMetrics>): ReadableMetrics {
  const target = new TestMetrics();
  return { metrics: target, read: (name, labels) => target.value(name, labels), ...change(target) };
}

const WRONG_METRICS: Readonly<Record<string, [string, () => ReadableMetrics]>> = {
  'counts calls, not values': [
    'a counter adds up',
    () => readableMetrics((counter) => ({ add: (_value, labels) => counter.add(1, labels) })),
  ],
  'lets a counter shrink': [
    'a counter only grows',
    () => {
      const sums = new Map<string, number>();
      return wrongMetrics((target) => ({
        metrics: {
          counter: (name) => ({
            add: (value) => void sums.set(name, (sums.get(name) ?? 0) + value),
          }),
          gauge: (...of) => target.gauge(...of),
          histogram: (...of) => target.histogram(...of),
        },
        read: (name, labels) => sums.get(name) ?? target.value(name, labels),
      }));
    },
  ],
  'adds up a gauge': [
    'a gauge goes up and down',
    () =>
      wrongMetrics((target) => ({
        read: (name, labels) => target.values(name, labels).reduce((a, b) => a + b, 0),
      })),
  ],
  'loses what is beyond the buckets': [
    'a histogram counts every value, those beyond its buckets too',
    () =>
      wrongMetrics((target) => ({
        read: (name, labels) =>
          name === 'contract_seconds'
            ? target.values(name, labels).filter((value) => value <= 10).length
            : target.value(name, labels),
      })),
  ],
  'ignores labels': [
    'values are split by their labels',
    () => wrongMetrics((target) => ({ read: (name) => target.value(name) })),
  ],
  'makes a new metric each time': [
    'asked twice for one name, it gives the same metric',
    () => {
      let target = new TestMetrics();
      const fresh = (): TestMetrics => {
        target = new TestMetrics();
        return target;
      };
      return {
        metrics: {
          counter: (...of) => fresh().counter(...of),
          gauge: (...of) => fresh().gauge(...of),
          histogram: (...of) => fresh().histogram(...of),
        },
        read: (name, labels) => target.value(name, labels),
      };
    },
  ],
};

describe('describeMetricsContract', () => {
  it.each(Object.entries(WRONG_METRICS))('fails one that %s', async (_fault, [promise, create]) => {
    const broken = await brokenPromises((framework) =>
      describeMetricsContract({ ...framework, create }),
    );
    expect(broken).toContain(promise);
  });

  it('fails one that records though it should not', async () => {
    const broken = await brokenPromises((framework) =>
      describeMetricsContract({ ...framework, records: false, create: () => readableMetrics() }),
    );
    expect(broken).toEqual(['a recorder that records nothing takes every value']);
  });
});
