import type { MetricsProvider } from '@integrations/semantic-conventions';
import type { JsonObject } from '@integrations/types';
import { type PanelPlan, planRows, type RowPlan, VARIABLES } from './dashboard-panels.ts';
import { type ProviderMetrics, providerMetrics } from './provider-metrics.ts';

/** Options of `createDashboard`. */
export interface DashboardOptions {
  /** The prefix that the recorder was given. @default none */
  readonly prefix?: string;
  /** @default the provider's name and "calls" */
  readonly title?: string;
  /** What Grafana knows the dashboard by: the same one replaces it. @default `integrations-<provider>` */
  readonly uid?: string;
}

/** The edition of Grafana's format, understood from Grafana 10 on. */
const SCHEMA_VERSION = 39;

const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Grafana's grid is 24 wide. */
const PANEL = { width: 12, height: 8, columns: 2 };

const BREAKER_STATES: JsonObject = {
  type: 'value',
  options: {
    '0': { text: 'closed', color: 'green', index: 0 },
    '1': { text: 'open', color: 'red', index: 1 },
    '2': { text: 'half-open', color: 'yellow', index: 2 },
  },
};

function panelOf(plan: PanelPlan, id: number, x: number, y: number): JsonObject {
  const { title, description, type, unit, targets } = plan;
  return {
    id,
    type,
    title,
    description,
    datasource: DATA_SOURCE,
    gridPos: { x, y, w: PANEL.width, h: PANEL.height },
    fieldConfig: {
      defaults: { unit, min: 0, ...(type === 'state-timeline' && { mappings: [BREAKER_STATES] }) },
      overrides: [],
    },
    targets: targets.map(({ expr, legendFormat }, index) => ({
      refId: String.fromCodePoint('A'.charCodeAt(0) + index),
      datasource: DATA_SOURCE,
      expr,
      legendFormat,
    })),
  };
}

/** Puts rows below each other, two graphs beside each other in each. */
function layOut(rows: readonly RowPlan[]): JsonObject[] {
  const placed: JsonObject[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    const gridPos = { x: 0, y, w: PANEL.width * PANEL.columns, h: 1 };
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos,
    });
    y += 1;
    panels.forEach((plan, index) => {
      const x = (index % PANEL.columns) * PANEL.width;
      const line = Math.floor(index / PANEL.columns);
      placed.push(panelOf(plan, placed.length + 1, x, y + line * PANEL.height));
    });
    y += Math.ceil(panels.length / PANEL.columns) * PANEL.height;
  }
  return placed;
}

function variableOf(label: string, metrics: ProviderMetrics): JsonObject {
  const query = `label_values(${metrics.get('requests_total').name}, ${label})`;
  return {
    name: label,
    type: 'query',
    datasource: DATA_SOURCE,
    query: { query, refId: label },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  };
}

/**
 * A Grafana dashboard of every metric of a provider, ready to import: JSON.stringify it.
 * Each graph is made from the definition of its metric, so that none shows a name or a
 * label which is not recorded.
 *
 * @throws ConfigurationError for a provider that is not known, or a wrong prefix.
 */
export function createDashboard(
  provider: MetricsProvider,
  options: DashboardOptions = {},
): JsonObject {
  const metrics = providerMetrics(provider, options.prefix ?? '');
  const { title = `${metrics.title} calls`, uid = `integrations-${provider}` } = options;
  return {
    uid,
    title,
    tags: ['integrations', provider],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' },
        ...VARIABLES.map((label) => variableOf(label, metrics)),
      ],
    },
    panels: layOut(planRows(metrics)),
  };
}
