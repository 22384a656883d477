import type { DeclaredMetric } from '@integrations/semantic-conventions';
import { type Labels, type MetricsRecorder, noopMetrics } from '@integrations/types';

/** Everything that a value may be split by; a metric takes what it was declared with. */
export type LabelFacts = Readonly<Record<string, string | undefined>>;

type Write = (value: number, labels: Labels) => void;

const SILENT: readonly object[] = [
  noopMetrics.counter(''),
  noopMetrics.histogram(''),
  noopMetrics.gauge(''),
];

function createWrite(recorder: MetricsRecorder, metric: DeclaredMetric): Write | undefined {
  const { name, kind, help, labels, buckets } = metric;
  const options = { help, labelNames: labels };
  if (kind === 'counter') {
    const counter = recorder.counter(name, options);
    return SILENT.includes(counter) ? undefined : (value, given) => counter.add(value, given);
  }
  if (kind === 'gauge') {
    const gauge = recorder.gauge(name, options);
    return SILENT.includes(gauge) ? undefined : (value, given) => gauge.set(value, given);
  }
  const histogram = recorder.histogram(
    name,
    buckets === undefined ? options : { ...options, buckets },
  );
  return SILENT.includes(histogram) ? undefined : (value, given) => histogram.observe(value, given);
}

/** One metric of a provider, which picks its labels from what is known. */
export class ProviderMetric {
  readonly #labels: readonly string[];
  readonly #write: Write | undefined;

  /** A provider without the metric has none to be recorded. */
  constructor(recorder: MetricsRecorder, metric: DeclaredMetric | undefined) {
    this.#labels = metric?.labels ?? [];
    this.#write = metric === undefined ? undefined : createWrite(recorder, metric);
  }

  /** Whether a value goes anywhere: finding it out may be costly. */
  get isRecorded(): boolean {
    return this.#write !== undefined;
  }

  record(value: number, facts: LabelFacts): void {
    if (this.#write === undefined) return;
    const labels: Record<string, string> = {};
    for (const name of this.#labels) {
      const fact = facts[name];
      if (fact !== undefined) labels[name] = fact;
    }
    this.#write(value, labels);
  }
}

/** The metrics of one table, by their names. */
export type MetricTable = ReadonlyMap<string, ProviderMetric>;

/** A recorder keeps what was declared with it, so that clients need no instruments of their own. */
const declared = /* @__PURE__ */ new WeakMap<MetricsRecorder, WeakMap<object, MetricTable>>();

/**
 * Declares the metrics of a table with a recorder, once for all clients that have both.
 *
 * @throws what the recorder does for a name that means something else to it already.
 */
export function declareMetrics(
  recorder: MetricsRecorder,
  definitions: readonly DeclaredMetric[],
): MetricTable {
  const tables = declared.get(recorder) ?? new WeakMap<object, MetricTable>();
  const known = tables.get(definitions);
  if (known !== undefined) return known;
  const table = new Map(
    definitions.map((definition) => [definition.name, new ProviderMetric(recorder, definition)]),
  );
  declared.set(recorder, tables.set(definitions, table));
  return table;
}
