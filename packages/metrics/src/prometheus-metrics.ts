import { ConfigurationError } from '@integrations/errors';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  Labels,
  MetricOptions,
} from '@integrations/types';
import {
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  type Metric,
} from 'prom-client';
import { type ExemplarSource, readExemplar } from './exemplar.ts';
import type { MetricKind } from './metric-definition.ts';
import { type LabelPolicy, MetricLabels } from './metric-labels.ts';
import { checkBuckets, checkLabelNames, checkMetricName } from './metric-name.ts';
import { isRecordable } from './metric-value.ts';
import { keepsExemplars, type MetricsRegistry } from './prometheus-registry.ts';
import {
  conflict,
  isSameMetric,
  readRegistered,
  type RequestedMetric,
} from './registered-metric.ts';

/** What all metrics of one recorder have in common. */
export interface PrometheusSettings extends LabelPolicy {
  readonly registry: MetricsRegistry;
  readonly prefix: string;
  readonly exemplar: ExemplarSource | undefined;
}

const CLASSES = { counter: PromCounter, histogram: PromHistogram, gauge: PromGauge };

/** Registers a metric, or finds the one that is registered. */
function obtain(
  requested: RequestedMetric,
  help: string,
  { registry, exemplar }: PrometheusSettings,
): Metric {
  const existing = registry.getSingleMetric(requested.name);
  const known = readRegistered(existing);
  if (existing !== undefined && known !== undefined) {
    if (isSameMetric(known, requested)) return existing;
    throw conflict(known, requested);
  }
  const { name, kind, labels = [], buckets } = requested;
  checkLabelNames(`The metric ${name}`, labels);
  if (buckets !== undefined) checkBuckets(name, buckets);
  const configuration = {
    name,
    help,
    labelNames: labels,
    registers: [registry],
    enableExemplars: kind !== 'gauge' && exemplar !== undefined && keepsExemplars(registry),
    ...(buckets === undefined ? {} : { buckets: [...buckets] }),
  };
  try {
    return new CLASSES[kind](configuration);
  } catch (cause) {
    throw new ConfigurationError(`The metric ${name} cannot be registered.`, { cause });
  }
}

/** One metric in a registry, through whichever of its three faces it is used. */
export class PrometheusMetric<Kind extends MetricKind> implements Counter, Histogram, Gauge {
  readonly kind: Kind;
  readonly name: string;
  readonly #settings: PrometheusSettings;
  readonly #labels: MetricLabels;
  readonly #write: (labels: Record<string, string>, value: number) => void;

  /** @throws ConfigurationError if the name stands for something else already, or cannot be one. */
  constructor(
    kind: Kind,
    name: string,
    options: MetricOptions | HistogramOptions,
    settings: PrometheusSettings,
  ) {
    this.kind = kind;
    this.name = `${settings.prefix}${name}`;
    checkMetricName(this.name);
    const requested = {
      name: this.name,
      kind,
      labels: options.labelNames,
      buckets: kind === 'histogram' && 'buckets' in options ? options.buckets : undefined,
    };
    const metric = obtain(requested, options.help ?? `The ${kind} ${this.name}.`, settings);
    this.#settings = settings;
    this.#labels = new MetricLabels(this.name, readRegistered(metric)?.labels, settings);
    this.#write = this.#writer(metric);
  }

  add(value: number, labels?: Labels): void {
    this.#record(value, labels);
  }

  observe(value: number, labels?: Labels): void {
    this.#record(value, labels);
  }

  set(value: number, labels?: Labels): void {
    this.#record(value, labels);
  }

  #record(value: number, labels: Labels | undefined): void {
    const { reporter } = this.#settings;
    try {
      if (!isRecordable(this, value, reporter)) return;
      this.#write(this.#labels.read(labels), value);
    } catch (error) {
      reporter.report(`failure ${this.name}`, `The ${this.kind} ${this.name} failed.`, error);
    }
  }

  #writer(metric: Metric): (labels: Record<string, string>, value: number) => void {
    const takesExemplars = readRegistered(metric)?.takesExemplars === true;
    if (this.kind === 'gauge') {
      const gauge = metric as PromGauge;
      return (labels, value) => gauge.set(labels, value);
    }
    if (this.kind === 'counter') {
      const counter = metric as PromCounter;
      if (!takesExemplars) return (labels, value) => counter.inc(labels, value);
      return (labels, value) => counter.inc({ labels, value, ...this.#exemplar() });
    }
    const histogram = metric as PromHistogram;
    if (!takesExemplars) return (labels, value) => histogram.observe(labels, value);
    return (labels, value) => histogram.observe({ labels, value, ...this.#exemplar() });
  }

  #exemplar(): { exemplarLabels?: Record<string, string> } {
    const { exemplar, reporter } = this.#settings;
    const labels = exemplar === undefined ? undefined : readExemplar(exemplar, reporter);
    return labels === undefined ? {} : { exemplarLabels: labels };
  }
}
