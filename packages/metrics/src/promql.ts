import type { MetricDefinition } from '@integrations/semantic-conventions';

/** Which series of a metric to take, and by which labels to keep them apart. */
export interface Series {
  readonly by?: readonly string[];
  /** Such as `model=~"$model"`. */
  readonly matchers?: readonly string[];
}

function select(name: string, matchers: readonly string[]): string {
  return matchers.length === 0 ? name : `${name}{${matchers.join(',')}}`;
}

function aggregate(operator: string, by: readonly string[], expression: string): string {
  const grouping = by.length === 0 ? '' : ` by (${by.join(', ')})`;
  return `${operator}${grouping} (${expression})`;
}

/** A second's growth of a counter. */
export function rate(
  { name }: MetricDefinition,
  range: string,
  { by = [], matchers = [] }: Series = {},
): string {
  return aggregate('sum', by, `rate(${select(name, matchers)}[${range}])`);
}

/** A quantile of a histogram. */
export function quantile(
  { name }: MetricDefinition,
  share: number,
  range: string,
  { by = [], matchers = [] }: Series = {},
): string {
  const buckets = `rate(${select(`${name}_bucket`, matchers)}[${range}])`;
  return `histogram_quantile(${share}, ${aggregate('sum', ['le', ...by], buckets)})`;
}

/** The highest value of a gauge. */
export function highest(
  { name }: MetricDefinition,
  { by = [], matchers = [] }: Series = {},
): string {
  return aggregate('max', by, select(name, matchers));
}

/**
 * Whether a counter has grown. Its first value counts too: `increase` does not see it,
 * for nothing was there before.
 */
export function hasGrown(
  { name }: MetricDefinition,
  range: string,
  { by = [], matchers = [] }: Series = {},
): string {
  const series = select(name, matchers);
  const grown = aggregate('sum', by, `increase(${series}[${range}])`);
  const appeared = aggregate('sum', by, `${series} unless ${series} offset ${range}`);
  return `${grown} > 0 or ${appeared} > 0`;
}
