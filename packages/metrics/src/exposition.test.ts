import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricDefinitions, METRICS_PROVIDERS } from '@integrations/semantic-conventions';
import { Counter, Gauge, Registry, Summary } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetrics } from './create-metrics.ts';
import { parseExposition } from './exposition-parser.test.support.ts';
import { declareMetrics } from './declare-metrics.ts';
import { HAS_PROMTOOL, promtool, UNLESS_MISSING } from './promtool.test.support.ts';

const FORMATS = ['prometheus', 'openmetrics'] as const;

/** Every metric of every provider, with values. */
async function everything(format: (typeof FORMATS)[number]): Promise<string> {
  const metrics = createMetrics();
  for (const definition of METRICS_PROVIDERS.flatMap(metricDefinitions)) {
    declareMetrics(metrics, [definition]);
    const labels = Object.fromEntries(definition.labels.map((label) => [label, `some ${label}`]));
    if (definition.kind === 'counter') metrics.counter(definition.name).add(2, labels);
    if (definition.kind === 'gauge') metrics.gauge(definition.name).set(1, labels);
    if (definition.kind === 'histogram') metrics.histogram(definition.name).observe(0.3, labels);
  }
  return metrics.metrics({ format });
}

/** What Prometheus has to complain about when it reads OpenMetrics; it reads old values only, which have a time. */
async function importIntoPrometheus(exposition: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'integrations-metrics-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'metrics.txt');
  await writeFile(file, exposition.replaceAll(/^[^#\n].*$/gm, '$& 1700000000'));
  return promtool(['tsdb', 'create-blocks-from', 'openmetrics', file, join(folder, 'data')]);
}

describe('the exposition', () => {
  it.each(FORMATS)('of every metric keeps to the format %s', async (format) => {
    const { families } = parseExposition(await everything(format), format);
    expect(families.size).toBe(METRICS_PROVIDERS.flatMap(metricDefinitions).length);
    for (const { help, samples } of families.values()) {
      expect(help).not.toBe('');
      expect(samples).not.toEqual([]);
    }
  });

  it.skipIf(!HAS_PROMTOOL)(`passes promtool check metrics${UNLESS_MISSING}`, async () => {
    expect(promtool(['check', 'metrics'], await everything('prometheus'))).toBe('');
  });

  it.skipIf(!HAS_PROMTOOL)(`is OpenMetrics that Prometheus reads${UNLESS_MISSING}`, async () => {
    const exposition = await everything('openmetrics');
    expect(await importIntoPrometheus(exposition)).toBe('');
    expect(await importIntoPrometheus(exposition.replace('# EOF', ''))).not.toBe('');
  });

  it.skipIf(!HAS_PROMTOOL)(`would fail promtool if it were wrong${UNLESS_MISSING}`, () => {
    expect(promtool(['check', 'metrics'], '# TYPE a_total counter\na_total{ 1\n')).not.toBe('');
  });

  it.each([
    '# TYPE a counter\na 1',
    '# TYPE a gauge\na 1\na 2\n',
    '# TYPE a gauge\nb 1\n',
    '# TYPE a gauge\na{b="c} 1\n',
    '# TYPE a gauge\na{b="c",b="d"} 1\n',
    '# TYPE a gauge\na one\n',
    '# TYPE a gauge\na 1 # {} 1 1\n',
    '# TYPE a gauge\n\na 1\n',
    '# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    '# TYPE a histogram\na_bucket{le="1"} 1\na_sum 1\na_count 1\n',
  ])('is read by a parser that refuses %j', (text) => {
    expect(() => parseExposition(text, 'prometheus')).toThrow();
  });

  it('escapes help and labels', async () => {
    const registry = new Registry();
    const help = 'A "quoted"\nback\\slash.';
    new Gauge({ name: 'a', help, labelNames: ['b'], registers: [registry] }).set({ b: '"\\\n' }, 1);
    const metrics = createMetrics({ registry });
    expect(await metrics.metrics()).toBe(
      '# HELP a A "quoted"\\nback\\\\slash.\n# TYPE a gauge\na{b="\\"\\\\\\n"} 1\n',
    );
    expect(await metrics.metrics({ format: 'openmetrics' })).toContain(
      '# HELP a A \\"quoted\\"\\nback\\\\slash.\n',
    );
  });

  it('writes summaries, default labels and numbers that are not finite', async () => {
    const registry = new Registry();
    registry.setDefaultLabels({ app: 'mine' });
    const summary = new Summary({
      name: 's',
      help: 'S.',
      percentiles: [0.5],
      registers: [registry],
    });
    summary.observe(2);
    const gauge = new Gauge({ name: 'g', help: 'G.', labelNames: ['k'], registers: [registry] });
    gauge.set({ k: 'a' }, Number.NaN);
    gauge.set({ k: 'b' }, Infinity);
    gauge.set({ k: 'c' }, -Infinity);
    for (const format of FORMATS) {
      const scrape = parseExposition(await createMetrics({ registry }).metrics({ format }), format);
      expect(scrape.value('s', { app: 'mine', quantile: '0.5' })).toBe(2);
      expect(scrape.value('g', { app: 'mine', k: 'a' })).toBeNaN();
      expect(scrape.value('g', { app: 'mine', k: 'b' })).toBe(Infinity);
      expect(scrape.value('g', { app: 'mine', k: 'c' })).toBe(-Infinity);
    }
  });

  it('writes counters whose names meet in OpenMetrics', async () => {
    const metrics = createMetrics();
    metrics.gauge('calls').set(1);
    metrics.counter('calls_total').add(2);
    metrics.counter('hits').add(3);
    metrics.counter('hits_total').add(4);
    const open = parseExposition(await metrics.metrics({ format: 'openmetrics' }), 'openmetrics');
    expect(open.families.get('calls')?.type).toBe('gauge');
    expect(open.families.get('calls_total')?.type).toBe('unknown');
    const names = ['calls', 'calls_total', 'hits', 'hits_total'];
    expect(names.map((name) => open.value(name))).toEqual([1, 2, 3, 4]);
    const plain = parseExposition(await metrics.metrics(), 'prometheus');
    expect(plain.families.get('hits')?.type).toBe('counter');
    expect(names.map((name) => plain.value(name))).toEqual([1, 2, 3, 4]);
  });

  it('names counters of an OpenMetrics registry alike in both formats, and after it was written', async () => {
    const metrics = createMetrics({ exemplar: () => undefined });
    new Counter({ name: 'jobs', help: 'Jobs.', registers: [metrics.registry] }).inc();
    metrics.counter('calls_total').add(1);
    await metrics.registry.metrics();
    for (const format of FORMATS) {
      const scrape = parseExposition(await metrics.metrics({ format }), format);
      expect(scrape.value('jobs_total')).toBe(1);
      expect(scrape.value('calls_total')).toBe(1);
    }
    metrics.counter('calls_total').add(1);
    expect(await metrics.metrics()).toContain('calls_total 2');
  });
});
