import type { CollectedMetric, CollectedPoint } from './otlp-collector.test.support.ts';

/** Series by their labels, for comparing. */
export type Series = Readonly<Record<string, number>>;

/** Labels as one text, whatever their order. */
export function keyOf(labels: Readonly<Record<string, unknown>>): string {
  return Object.keys(labels)
    .toSorted()
    .map((name) => `${name}=${String(labels[name])}`)
    .join(' ');
}

/** Values of counters and gauges; of histograms, how many values there are. */
export function seriesOf(points: readonly CollectedPoint[]): Series {
  return Object.fromEntries(
    points.map(({ attributes, count, value }) => [keyOf(attributes), count ?? value]),
  );
}

/** The metric of a name. */
export function find(metrics: readonly CollectedMetric[], name: string): CollectedMetric {
  const metric = metrics.find((one) => one.name === name);
  if (metric === undefined) throw new Error(`${name} was not sent`);
  return metric;
}

/** The values of all series with these labels. */
export function sum(metric: CollectedMetric, labels: Readonly<Record<string, string>>): number {
  return metric.points
    .filter(({ attributes }) =>
      Object.entries(labels).every(([name, value]) => attributes[name] === value),
    )
    .reduce((all, { value }) => all + value, 0);
}
