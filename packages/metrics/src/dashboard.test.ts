import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@integrations/errors';
import {
  metricDefinitions,
  METRICS_PROVIDERS,
  type MetricsProvider,
} from '@integrations/semantic-conventions';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alertRulesToYaml } from './alert-rules-yaml.ts';
import { createDashboard, type DashboardOptions } from './dashboard.ts';
import { HAS_PROMTOOL, promtool, UNLESS_MISSING } from './promtool.test.support.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

function panelsOf(provider: MetricsProvider, options?: DashboardOptions): readonly Panel[] {
  return createDashboard(provider, options)['panels'] as unknown as readonly Panel[];
}

function queriesOf(provider: MetricsProvider, options?: DashboardOptions): readonly string[] {
  return panelsOf(provider, options).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

/** The labels that a query names, and the series that it names them of. */
function readQuery(query: string): { series: string[]; labels: string[] } {
  const series = [...query.matchAll(/(?:my_)?(?:openai|mistral)_\w+/g)].map(([name]) => name);
  const matched = [...query.matchAll(/(\w+)=~"/g)].map(([, label = '']) => label);
  const grouped = [...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, by = '']) => by.split(', '));
  return { series, labels: [...matched, ...grouped].filter((label) => label !== 'le') };
}

describe.each(METRICS_PROVIDERS)('createDashboard(%j)', (provider) => {
  const definitions = metricDefinitions(provider);

  it('shows every metric, and queries none that does not exist', () => {
    const asked = new Set(queriesOf(provider).flatMap((query) => readQuery(query).series));
    const exposed = definitions.map(({ name, kind }) =>
      kind === 'histogram' ? `${name}_bucket` : name,
    );
    expect([...asked].toSorted()).toEqual(exposed.toSorted());
  });

  it('asks only for labels that all the metrics of a query have', () => {
    for (const query of queriesOf(provider)) {
      const { series, labels } = readQuery(query);
      for (const name of series) {
        const found = definitions.find((one) => one.name === name.replace(/_bucket$/, ''));
        expect(found?.labels).toEqual(expect.arrayContaining(labels));
      }
    }
  });

  it('has its rows in order, and graphs that do not overlap', () => {
    const panels = panelsOf(provider);
    const rows = panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    const expected = [
      'Traffic',
      'Latency',
      'Errors',
      'Tokens',
      'Retries',
      'Circuit breaker',
      'Rate limits',
      'Streaming',
      'Sizes',
    ];
    expect(rows).toEqual(expected);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`)).toBe(false);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });

  it('shows latency at p50, p95 and p99', () => {
    const queries = queriesOf(provider).join('\n');
    for (const share of ['0.5', '0.95', '0.99']) {
      expect(queries).toContain(
        `histogram_quantile(${share}, sum by (le) (rate(${provider}_request_duration_seconds_bucket`,
      );
    }
  });

  it.skipIf(!HAS_PROMTOOL)(`has queries that Prometheus understands${UNLESS_MISSING}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'integrations-metrics-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const rules = queriesOf(provider).map((query, index) => ({
      alert: `Graph${index}`,
      expr: query.replaceAll('$__rate_interval', '5m').replaceAll(/\$\w+/g, '.*'),
      for: '0m',
      labels: {},
      annotations: { summary: '', description: '' },
    }));
    const file = join(folder, 'queries.yml');
    await writeFile(file, alertRulesToYaml({ groups: [{ name: 'graphs', rules }] }));
    expect(promtool(['check', 'rules', file])).toBe('');
  });
});

describe('createDashboard', () => {
  it('is plain JSON', () => {
    const dashboard = createDashboard('openai');
    expect(JSON.parse(JSON.stringify(dashboard))).toEqual(dashboard);
  });

  it('takes a prefix, a title and a uid', () => {
    const options = { prefix: 'my_', title: 'Mine', uid: 'mine' };
    expect(createDashboard('openai', options)).toMatchObject({ title: 'Mine', uid: 'mine' });
    const names = queriesOf('openai', options).flatMap((query) => readQuery(query).series);
    expect(names.every((name) => name.startsWith('my_openai_'))).toBe(true);
    expect(JSON.stringify(createDashboard('openai', options))).toContain(
      'label_values(my_openai_requests_total, model)',
    );
  });

  it('refuses an unknown provider and a wrong prefix', () => {
    expect(() => createDashboard('nobody' as MetricsProvider)).toThrow(ConfigurationError);
    expect(() => createDashboard('openai', { prefix: 'a-' })).toThrow(ConfigurationError);
  });
});
