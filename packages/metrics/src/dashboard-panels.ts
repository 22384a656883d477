import type { MetricDefinition, MetricTopic, MetricUnit } from '@integrations/semantic-conventions';
import type { ProviderMetrics } from './provider-metrics.ts';
import { highest, quantile, rate, type Series } from './promql.ts';

/** One line, or set of lines, of a graph. */
interface PanelTarget {
  readonly expr: string;
  readonly legendFormat: string;
}

/** A graph, before it has its place. */
export interface PanelPlan {
  readonly title: string;
  readonly description: string;
  readonly type: 'timeseries' | 'state-timeline';
  /** A unit of Grafana's. */
  readonly unit: string;
  readonly targets: readonly PanelTarget[];
}

/** A row of graphs. */
export interface RowPlan {
  readonly title: string;
  readonly panels: readonly PanelPlan[];
}

/** The labels that the dashboard's variables choose values of. */
export const VARIABLES: readonly string[] = ['model', 'endpoint'];

/** Grafana's own choice: long enough for the scrape interval and the zoom. */
const RANGE = '$__rate_interval';

const QUANTILES: readonly (readonly [number, string])[] = [
  [0.5, 'p50'],
  [0.95, 'p95'],
  [0.99, 'p99'],
];

const UNITS: Readonly<Record<MetricUnit, { readonly value: string; readonly perSecond: string }>> =
  {
    seconds: { value: 's', perSecond: 's' },
    bytes: { value: 'bytes', perSecond: 'Bps' },
    tokens: { value: 'short', perSecond: 'short' },
    state: { value: 'short', perSecond: 'short' },
    count: { value: 'short', perSecond: 'cps' },
  };

function chosen(definition: MetricDefinition, by: readonly string[] = []): Series {
  const variables = VARIABLES.filter((label) => definition.labels.includes(label));
  return { by, matchers: variables.map((label) => `${label}=~"$${label}"`) };
}

function legend(by: readonly string[], fallback: string): string {
  return by.length === 0 ? fallback : by.map((label) => `{{${label}}}`).join(' ');
}

function graphTitle({ help }: MetricDefinition): string {
  return help.split(':', 1)[0]?.replace(/\.$/, '') ?? help;
}

/** The graph of any metric, chosen by its kind. */
function graphOf(definition: MetricDefinition): PanelPlan {
  const by = definition.splitBy === undefined ? [] : [definition.splitBy];
  const series = chosen(definition, by);
  const plan = {
    title: graphTitle(definition),
    description: `${definition.name}: ${definition.help}`,
    type: 'timeseries',
  } as const;
  const { value: unit, perSecond } = UNITS[definition.unit];
  if (definition.kind === 'counter') {
    const targets = [{ expr: rate(definition, RANGE, series), legendFormat: legend(by, 'all') }];
    return { ...plan, title: `${plan.title}, per second`, unit: perSecond, targets };
  }
  if (definition.kind === 'histogram') {
    const targets = QUANTILES.map(([share, name]) => ({
      expr: quantile(definition, share, RANGE, series),
      legendFormat: `${legend(by, '')} ${name}`.trim(),
    }));
    return { ...plan, unit, targets };
  }
  const targets = [{ expr: highest(definition, series), legendFormat: legend(by, 'breaker') }];
  return { ...plan, type: 'state-timeline', unit, targets };
}

/** A counter's growth for each call that was made. */
function perCall(title: string, counter: MetricDefinition, requests: MetricDefinition): PanelPlan {
  // Both must be chosen alike, so only by what both have.
  const matchers = counter.labels.includes('endpoint') ? ['endpoint=~"$endpoint"'] : [];
  const counted = rate(counter, RANGE, { matchers });
  return {
    title,
    description: `${counter.name} divided by ${requests.name}.`,
    type: 'timeseries',
    unit: 'percentunit',
    targets: [
      { expr: `${counted} / ${rate(requests, RANGE, { matchers })}`, legendFormat: 'share' },
    ],
  };
}

function slowestModels(duration: MetricDefinition): PanelPlan {
  const series = chosen(duration, ['model']);
  return {
    title: 'p95 by model',
    description: `${duration.name}, of which 95 of 100 calls stay below.`,
    type: 'timeseries',
    unit: UNITS.seconds.value,
    targets: [{ expr: quantile(duration, 0.95, RANGE, series), legendFormat: '{{model}}' }],
  };
}

const ROWS: readonly (readonly [MetricTopic, string])[] = [
  ['traffic', 'Traffic'],
  ['latency', 'Latency'],
  ['errors', 'Errors'],
  ['tokens', 'Tokens'],
  ['retries', 'Retries'],
  ['breaker', 'Circuit breaker'],
  ['limits', 'Rate limits'],
  ['streaming', 'Streaming'],
  ['sizes', 'Sizes'],
];

/** The graphs that are made from two metrics, or a second time from one. */
function moreOf(topic: MetricTopic, metrics: ProviderMetrics): readonly PanelPlan[] {
  const requests = metrics.get('requests_total');
  if (topic === 'latency') return [slowestModels(metrics.get('request_duration_seconds'))];
  if (topic === 'errors') {
    return [perCall('Share of calls that fail', metrics.get('errors_total'), requests)];
  }
  if (topic === 'retries') {
    return [perCall('Retries per call', metrics.get('retries_total'), requests)];
  }
  return [];
}

/** Every metric of a provider in graphs, a row for each topic. */
export function planRows(metrics: ProviderMetrics): readonly RowPlan[] {
  return ROWS.map(([topic, title]) => ({
    title,
    panels: [...metrics.about(topic).map(graphOf), ...moreOf(topic, metrics)],
  })).filter(({ panels }) => panels.length > 0);
}
