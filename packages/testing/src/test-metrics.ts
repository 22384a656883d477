import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  Labels,
  MetricOptions,
  MetricsRecorder,
} from '@integrations/types';

/** What a metric can be. */
export type MetricKind = 'counter' | 'histogram' | 'gauge';

/** One `add`, `observe` or `set`. */
export interface MetricRecord {
  readonly value: number;
  readonly labels: Labels;
}

/** A metric with everything that was recorded on it, in order. */
export interface RecordedMetric {
  readonly name: string;
  readonly kind: MetricKind;
  /** As it was declared first. */
  readonly options: HistogramOptions;
  readonly records: readonly MetricRecord[];
}

class Recorder implements RecordedMetric, Counter, Histogram, Gauge {
  readonly name: string;
  readonly kind: MetricKind;
  readonly options: HistogramOptions;
  readonly records: MetricRecord[] = [];

  constructor(name: string, kind: MetricKind, options: HistogramOptions) {
    this.name = name;
    this.kind = kind;
    this.options = options;
  }

  add(value: number, labels?: Labels): void {
    if (value < 0) throw new RangeError(`counter ${this.name} only grows; ${value} was added`);
    this.#record(value, labels);
  }

  observe(value: number, labels?: Labels): void {
    this.#record(value, labels);
  }

  set(value: number, labels?: Labels): void {
    this.#record(value, labels);
  }

  matching(labels: Labels): readonly MetricRecord[] {
    const wanted = Object.entries(labels);
    return this.records.filter((record) =>
      wanted.every(([name, value]) => record.labels[name] === value),
    );
  }

  #record(value: number, labels: Labels = {}): void {
    if (Number.isNaN(value)) throw new RangeError(`${this.kind} ${this.name} was given NaN`);
    const declared = this.options.labelNames;
    for (const name of Object.keys(labels)) {
      if (declared === undefined || declared.includes(name)) continue;
      throw new TypeError(`${this.kind} ${this.name} was declared without the label ${name}`);
    }
    this.records.push({ value, labels: { ...labels } });
  }
}

/** Keeps everything that was recorded. Misuse that a real registry refuses throws here too. */
export class TestMetrics implements MetricsRecorder {
  readonly #metrics = new Map<string, Recorder>();

  counter(name: string, options?: MetricOptions): Counter {
    return this.#metric(name, 'counter', options);
  }

  histogram(name: string, options?: HistogramOptions): Histogram {
    return this.#metric(name, 'histogram', options);
  }

  gauge(name: string, options?: MetricOptions): Gauge {
    return this.#metric(name, 'gauge', options);
  }

  /** Every metric that was declared, in that order. */
  get metrics(): readonly RecordedMetric[] {
    return [...this.#metrics.values()];
  }

  /**
   * A counter's sum, a gauge's last value, or how often a histogram was observed:
   * over all records whose labels include the given ones. Undefined when there is
   * no such record.
   */
  value(name: string, labels: Labels = {}): number | undefined {
    const metric = this.#metrics.get(name);
    const records = metric?.matching(labels) ?? [];
    if (metric === undefined || records.length === 0) return undefined;
    if (metric.kind === 'histogram') return records.length;
    if (metric.kind === 'gauge') return records.at(-1)?.value;
    return records.reduce((sum, record) => sum + record.value, 0);
  }

  /** The values of all records whose labels include the given ones, in order. */
  values(name: string, labels: Labels = {}): number[] {
    const records = this.#metrics.get(name)?.matching(labels) ?? [];
    return records.map((record) => record.value);
  }

  /** Forgets all records. The metrics stay declared: those who hold them keep recording. */
  clear(): void {
    for (const metric of this.#metrics.values()) metric.records.length = 0;
  }

  #metric(name: string, kind: MetricKind, options: HistogramOptions = {}): Recorder {
    const known = this.#metrics.get(name);
    if (known !== undefined && known.kind !== kind) {
      throw new TypeError(`${name} is a ${known.kind} already and can't be a ${kind}`);
    }
    const metric = known ?? new Recorder(name, kind, options);
    this.#metrics.set(name, metric);
    return metric;
  }
}
