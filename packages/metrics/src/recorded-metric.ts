import type { MetricKind } from '@integrations/semantic-conventions';
import type { Counter, Gauge, Histogram, Labels } from '@integrations/types';
import { type LabelPolicy, MetricLabels } from './metric-labels.ts';
import { isRecordable } from './metric-value.ts';

/** Where the values of one metric go. The labels are the writer's to keep. */
export type MetricWriter = (value: number, labels: Record<string, string>) => void;

/** A metric as it is known to its registry or meter. */
export interface KnownMetric {
  readonly name: string;
  readonly kind: MetricKind;
  /** Undefined where any label is taken. */
  readonly labels: readonly string[] | undefined;
}

/**
 * One metric, through whichever of its three faces it is used. What cannot be recorded
 * is reported and never thrown: a call must not fail for being measured.
 */
export class RecordedMetric implements Counter, Histogram, Gauge {
  readonly #metric: KnownMetric;
  readonly #labels: MetricLabels;
  readonly #policy: LabelPolicy;
  readonly #write: MetricWriter;

  constructor(metric: KnownMetric, policy: LabelPolicy, write: MetricWriter) {
    this.#metric = metric;
    this.#labels = new MetricLabels(metric.name, metric.labels, policy);
    this.#policy = policy;
    this.#write = write;
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
    const { reporter } = this.#policy;
    try {
      if (!isRecordable(this.#metric, value, reporter)) return;
      this.#write(value, this.#labels.read(labels));
    } catch (error) {
      const { name, kind } = this.#metric;
      reporter.report(`failure ${name}`, `The ${kind} ${name} failed.`, error);
    }
  }
}
