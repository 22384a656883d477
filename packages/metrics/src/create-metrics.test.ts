import { ConfigurationError } from '@integrations/errors';
import { describeMetricsContract } from '@integrations/testing';
import { type Labels, type MetricsRecorder, noopMetrics } from '@integrations/types';
import fc from 'fast-check';
import { Counter as PromCounter, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createMetrics, type MetricsOptions, type PrometheusMetrics } from './create-metrics.ts';
import { parseExposition, type Scrape } from './exposition-parser.test.support.ts';

async function scrape(
  metrics: PrometheusMetrics,
  format: 'prometheus' | 'openmetrics' = 'prometheus',
): Promise<Scrape> {
  return parseExposition(await metrics.metrics({ format }), format);
}

function listen(): { readonly problems: Error[]; readonly onError: (problem: Error) => void } {
  const problems: Error[] = [];
  return { problems, onError: (problem) => problems.push(problem) };
}

for (const format of ['prometheus', 'openmetrics'] as const) {
  describeMetricsContract({
    describe,
    it,
    name: `createMetrics, scraped as ${format}`,
    create: () => {
      const metrics = createMetrics({ onError: () => {} });
      return {
        metrics,
        read: async (name, labels) => {
          const seen = await scrape(metrics, format);
          return seen.value(name, labels) ?? seen.value(`${name}_count`, labels);
        },
      };
    },
  });
}

describe('createMetrics', () => {
  it('lets two recorders share a registry and its metrics', async () => {
    const registry = new Registry();
    const options = { help: 'Calls.', labelNames: ['endpoint', 'model'] };
    const [one, other] = [createMetrics({ registry }), createMetrics({ registry })];
    one.counter('calls_total', options).add(1, { endpoint: 'chat', model: 'a' });
    const turned = { ...options, labelNames: ['model', 'endpoint'] };
    other.counter('calls_total', turned).add(2, { model: 'a', endpoint: 'chat' });
    const seen = await scrape(one);
    expect(seen.value('calls_total', { endpoint: 'chat', model: 'a' })).toBe(3);
    expect(await other.metrics()).toBe(await one.metrics());
  });

  it('leaves the metrics of the conventions to a meter', async () => {
    const { problems, onError } = listen();
    const metrics = createMetrics({ prefix: 'my_', onError });
    const name = 'gen_ai.client.token.usage';
    const labelNames = ['gen_ai.token.type'];
    expect(metrics.counter(name, { labelNames })).toBe(noopMetrics.counter(''));
    expect(metrics.histogram(name, { labelNames })).toBe(noopMetrics.histogram(''));
    expect(metrics.gauge(name, { labelNames })).toBe(noopMetrics.gauge(''));
    expect(await metrics.metrics()).toBe('');
    expect(problems).toEqual([]);
  });

  it('keeps recorders apart that share nothing', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.counter('calls_total').add(1);
    expect(await other.metrics()).toBe('');
  });

  it('takes a metric that the application registered itself', async () => {
    const registry = new Registry();
    const own = new PromCounter({
      name: 'calls_total',
      help: 'Mine.',
      labelNames: ['model'],
      registers: [registry],
    });
    own.inc({ model: 'a' });
    const metrics = createMetrics({ registry });
    metrics.counter('calls_total', { labelNames: ['model'] }).add(1, { model: 'a' });
    expect((await scrape(metrics)).value('calls_total', { model: 'a' })).toBe(2);
  });

  it.each<[string, (metrics: MetricsRecorder) => unknown, RegExp]>([
    ['another kind', (metrics) => metrics.gauge('known'), /histogram.*model.*gauge/],
    [
      'other labels',
      (metrics) => metrics.histogram('known', { labelNames: ['endpoint'], buckets: [1, 2] }),
      /labels model.*labels endpoint/,
    ],
    [
      'other buckets',
      (metrics) => metrics.histogram('known', { labelNames: ['model'], buckets: [1, 3] }),
      /buckets 1, 2.*buckets 1, 3/,
    ],
  ])('refuses a known name with %s, and names both', (_, declare, message) => {
    const metrics = createMetrics();
    metrics.histogram('known', { labelNames: ['model'], buckets: [1, 2] });
    expect(() => declare(metrics)).toThrow(ConfigurationError);
    expect(() => declare(metrics)).toThrow(message);
  });

  it('takes a known name without a definition as it was declared', async () => {
    const metrics = createMetrics();
    metrics.histogram('known', { labelNames: ['model'], buckets: [1, 2] });
    metrics.histogram('known').observe(1.5, { model: 'a' });
    const seen = await scrape(metrics);
    expect(seen.value('known_bucket', { model: 'a', le: '2' })).toBe(1);
    expect(seen.value('known_bucket', { model: 'a', le: '1' })).toBe(0);
  });

  it.each<[string, (metrics: MetricsRecorder) => unknown]>([
    ['a name with a dot', (metrics) => metrics.counter('calls.total')],
    ['an empty name', (metrics) => metrics.counter('')],
    ['a name of Object', (metrics) => metrics.counter('constructor')],
    ['a label with a dash', (metrics) => metrics.counter('a', { labelNames: ['a-b'] })],
    ['a reserved label', (metrics) => metrics.counter('a', { labelNames: ['__proto__'] })],
    ['the label le', (metrics) => metrics.histogram('a', { labelNames: ['le'] })],
    ['buckets that descend', (metrics) => metrics.histogram('a', { buckets: [2, 1] })],
    ['no buckets', (metrics) => metrics.histogram('a', { buckets: [] })],
    ['an infinite bucket', (metrics) => metrics.histogram('a', { buckets: [1, Infinity] })],
  ])('refuses %s', (_, declare) => {
    expect(() => declare(createMetrics())).toThrow(ConfigurationError);
  });

  it.each<[string, MetricsOptions]>([
    ['no values for a label', { maxLabelValues: 0 }],
    ['half a value for a label', { maxLabelValues: 1.5 }],
    ['a prefix with a dash', { prefix: 'my-app_' }],
    [
      'exemplars in a registry that keeps none',
      { registry: new Registry(), exemplar: () => undefined },
    ],
  ])('refuses %s', (_, options) => {
    expect(() => createMetrics(options)).toThrow(ConfigurationError);
  });

  it('puts the prefix before every name', async () => {
    const metrics = createMetrics({ prefix: 'myapp_' });
    metrics.gauge('in_flight').set(2);
    expect((await scrape(metrics)).value('myapp_in_flight')).toBe(2);
  });

  it('collects process metrics when asked to, once for a registry', async () => {
    const metrics = createMetrics({ processMetrics: true });
    createMetrics({ processMetrics: true, registry: metrics.registry });
    const { families } = await scrape(metrics, 'openmetrics');
    expect(families.has('process_start_time_seconds')).toBe(true);
    expect((await scrape(createMetrics())).families.size).toBe(0);
  });

  it('leaves the registry as it was, whichever format is written', async () => {
    const metrics = createMetrics({ exemplar: () => undefined });
    metrics.counter('calls_total').add(1);
    const before = await metrics.metrics();
    expect((await scrape(metrics, 'openmetrics')).families.has('calls')).toBe(true);
    expect(await metrics.metrics()).toBe(before);
    expect(before).toContain('# TYPE calls_total counter\ncalls_total 1\n');
  });
});

describe('values that cannot be right', () => {
  it.each([Number.NaN, Infinity, -Infinity, undefined, 'five', null])(
    'drops %o without throwing, and tells once',
    async (value) => {
      const { problems, onError } = listen();
      const metrics = createMetrics({ onError });
      for (let times = 0; times < 3; times += 1) {
        metrics.counter('calls_total').add(value as number);
        metrics.gauge('in_flight').set(value as number);
        metrics.histogram('seconds').observe(value as number);
      }
      const seen = await scrape(metrics);
      expect(seen.value('calls_total')).toBe(0);
      expect(seen.value('in_flight')).toBe(0);
      expect(seen.value('seconds_count')).toBe(0);
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringContaining('counter calls_total'),
        expect.stringContaining('gauge in_flight'),
        expect.stringContaining('histogram seconds'),
      ]);
    },
  );

  it('drops what would lower a counter', async () => {
    const { problems, onError } = listen();
    const metrics = createMetrics({ onError });
    metrics.counter('calls_total').add(5);
    metrics.counter('calls_total').add(-1);
    expect((await scrape(metrics)).value('calls_total')).toBe(5);
    expect(problems).toMatchObject([{ code: 'validation' }]);
  });

  it('records without a label that was not declared', async () => {
    const { problems, onError } = listen();
    const metrics = createMetrics({ onError });
    const counter = metrics.counter('calls_total', { labelNames: ['model'] });
    counter.add(1, { model: 'a', user: 'b' });
    counter.add(1, { model: 'a', user: 'c' });
    expect((await scrape(metrics)).value('calls_total', { model: 'a' })).toBe(2);
    expect(problems).toHaveLength(1);
  });

  it('survives labels that throw, and a listener that does', async () => {
    const warnings: unknown[] = [];
    const warned = (warning: unknown): void => void warnings.push(warning);
    process.on('warning', warned);
    try {
      const metrics = createMetrics({
        onError: () => {
          throw new Error('out of order');
        },
      });
      const labels = {
        get model(): string {
          throw new Error('no model');
        },
      };
      metrics.counter('calls_total', { labelNames: ['model'] }).add(1, labels);
      await new Promise(process.nextTick);
    } finally {
      process.off('warning', warned);
    }
    expect(warnings).toMatchObject([{ cause: { message: 'out of order' } }]);
  });

  it('keeps its own copy of labels', async () => {
    const metrics = createMetrics();
    const labels = { model: 'a' };
    metrics.counter('calls_total', { labelNames: ['model'] }).add(1, labels);
    labels.model = 'b';
    expect((await scrape(metrics)).value('calls_total', { model: 'a' })).toBe(1);
  });
});

describe('label values', () => {
  const named = { labelNames: ['model', 'user'] };

  it.each<[string, unknown, string | undefined]>([
    ['blanks around', '  gpt-5 ', 'gpt-5'],
    ['line breaks', 'a\nb\u0000c', 'a_b_c'],
    ['half a character', 'a\uD800b', 'a_b'],
    ['commas', 'a,b', 'a;b'],
    ['quotes and backslashes', 'a"b\\c', 'a"b\\c'],
    ['a number', 200, '200'],
    ['an object', { toString: 1 }, 'invalid'],
    ['nothing', undefined, undefined],
    ['an empty text', ' ', undefined],
    ['a long text', 'x'.repeat(5000), 'x'.repeat(128)],
  ])('cleans %s', async (_, given, expected) => {
    const metrics = createMetrics();
    metrics.counter('calls_total', named).add(1, { model: given } as Labels);
    const labels: Record<string, string> = expected === undefined ? {} : { model: expected };
    for (const format of ['prometheus', 'openmetrics'] as const) {
      expect((await scrape(metrics, format)).value('calls_total', labels)).toBe(1);
    }
  });

  it('takes 100 values of a label; the rest become other, alike in all metrics', async () => {
    const { problems, onError } = listen();
    const metrics = createMetrics({ onError });
    const counter = metrics.counter('calls_total', named);
    const histogram = metrics.histogram('seconds', named);
    for (let number = 0; number < 150; number += 1) counter.add(1, { model: `m${number}` });
    for (let number = 149; number >= 0; number -= 1) histogram.observe(1, { model: `m${number}` });
    const seen = await scrape(metrics);
    expect(seen.families.get('calls_total')?.samples).toHaveLength(101);
    expect(seen.value('calls_total', { model: 'other' })).toBe(50);
    expect(seen.value('seconds_count', { model: 'other' })).toBe(50);
    expect(seen.value('seconds_count', { model: 'm99' })).toBe(1);
    expect(problems).toMatchObject([{ message: expect.stringContaining('model') }]);
  });

  it('bounds a registry, however many recorders it has', async () => {
    const registry = new Registry();
    for (let number = 0; number < 20; number += 1) {
      const metrics = createMetrics({ registry, maxLabelValues: 3, onError: () => {} });
      metrics.counter('calls_total', named).add(1, { model: `m${number}` });
    }
    const seen = await scrape(createMetrics({ registry }));
    expect(seen.value('calls_total', { model: 'other' })).toBe(17);
  });

  it('always tells known values apart', async () => {
    const metrics = createMetrics({
      maxLabelValues: 1,
      knownLabelValues: { model: ['gpt-5'] },
      onError: () => {},
    });
    const counter = metrics.counter('calls_total', named);
    for (const model of ['odd', 'odder', 'gpt-5']) counter.add(1, { model });
    const seen = await scrape(metrics);
    expect(seen.value('calls_total', { model: 'gpt-5' })).toBe(1);
    expect(seen.value('calls_total', { model: 'other' })).toBe(1);
  });

  it('never exceeds its bound, loses no value, and stays readable, whatever is recorded', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a', 'b', 'a,user:b', 'other'),
    );
    const labels = fc.record({ model: text, user: text }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(labels, fc.nat(1000)), { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        async (records, maxLabelValues) => {
          const metrics = createMetrics({ maxLabelValues, onError: () => {} });
          const counter = metrics.counter('calls_total', named);
          for (const [given, value] of records) counter.add(value, given);
          for (const format of ['prometheus', 'openmetrics'] as const) {
            const { families } = await scrape(metrics, format);
            const samples = [...families.values()].flatMap((family) => family.samples);
            for (const name of named.labelNames) {
              const values = new Set(samples.map((sample) => sample.labels[name] ?? ''));
              values.delete('');
              expect(values.size).toBeLessThanOrEqual(maxLabelValues + 1);
            }
            const sum = samples.reduce((total, { value }) => total + value, 0);
            expect(sum).toBe(records.reduce((total, [, value]) => total + value, 0));
          }
        },
      ),
    );
  });
});

describe('exemplars', () => {
  const span = { trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331' };

  it('link the last value of each series and bucket to its trace, in OpenMetrics only', async () => {
    const metrics = createMetrics({ exemplar: () => span });
    metrics.counter('calls_total', { labelNames: ['model'] }).add(2, { model: 'a' });
    metrics.histogram('seconds', { buckets: [1, 2] }).observe(1.5);
    metrics.histogram('seconds').observe(9);
    metrics.gauge('in_flight').set(1);
    const { families } = await scrape(metrics, 'openmetrics');
    expect(families.get('calls')?.samples).toMatchObject([
      { exemplar: { labels: span, value: 2 } },
    ]);
    const buckets = families.get('seconds')?.samples.filter(({ name }) => name.endsWith('_bucket'));
    expect(buckets?.map(({ exemplar }) => exemplar?.value)).toEqual([undefined, 1.5, 9]);
    expect((await metrics.metrics()).includes(span.trace_id)).toBe(false);
  });

  it.each<[string, () => unknown, number]>([
    ['there is no span', () => undefined, 0],
    ['the span records nothing', () => ({ trace_id: '0'.repeat(32), span_id: '0'.repeat(16) }), 0],
    ['an id is wrong', () => ({ ...span, trace_id: 'x' }), 1],
    ['ids are missing', () => ({}), 1],
    [
      'the source throws',
      () => {
        throw new Error('no context');
      },
      1,
    ],
  ])('are left out, not the value, when %s', async (_, exemplar, reports) => {
    const { problems, onError } = listen();
    const metrics = createMetrics({ exemplar: exemplar as () => typeof span, onError });
    metrics.counter('calls_total').add(1);
    metrics.histogram('seconds').observe(1);
    const seen = await scrape(metrics, 'openmetrics');
    expect(seen.value('calls_total')).toBe(1);
    expect(seen.value('seconds_count')).toBe(1);
    expect(await metrics.metrics({ format: 'openmetrics' })).not.toContain(' # {');
    expect(problems).toHaveLength(reports);
  });

  it('do not stop a recorder that has none from sharing the registry', async () => {
    const registry = createMetrics({ exemplar: () => span }).registry;
    createMetrics({ registry, exemplar: () => span })
      .counter('calls_total')
      .add(1);
    createMetrics({ registry }).counter('calls_total').add(1);
    createMetrics({ registry }).counter('more_total').add(1);
    createMetrics({ registry, exemplar: () => span })
      .counter('more_total')
      .add(1);
    const seen = await scrape(createMetrics({ registry }), 'openmetrics');
    expect(seen.value('calls_total')).toBe(2);
    expect(seen.value('more_total')).toBe(2);
  });
});
