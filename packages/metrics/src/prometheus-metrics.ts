import { ConfigurationError } from '@integrations/errors';
import type { MetricKind } from '@integrations/semantic-conventions';
import type { HistogramOptions, MetricOptions } from '@integrations/types';
import {
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  type Metric,
} from 'prom-client';
import { type ExemplarSource, readExemplar } from './exemplar.ts';
import type { LabelPolicy } from './metric-labels.ts';
import { checkBuckets, checkLabelNames, checkMetricName } from './metric-name.ts';
import { keepsExemplars, type MetricsRegistry } from './prometheus-registry.ts';
import { type MetricWriter, RecordedMetric } from './recorded-metric.ts';
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

function exemplarOf({ exemplar, reporter }: PrometheusSettings): {
  exemplarLabels?: Record<string, string>;
} {
  const labels = exemplar === undefined ? undefined : readExemplar(exemplar, reporter);
  return labels === undefined ? {} : { exemplarLabels: labels };
}

function writerOf(metric: Metric, kind: MetricKind, settings: PrometheusSettings): MetricWriter {
  const takesExemplars = readRegistered(metric)?.takesExemplars === true;
  if (kind === 'gauge') {
    const gauge = metric as PromGauge;
    return (value, labels) => gauge.set(labels, value);
  }
  if (kind === 'counter') {
    const counter = metric as PromCounter;
    if (!takesExemplars) return (value, labels) => counter.inc(labels, value);
    return (value, labels) => counter.inc({ labels, value, ...exemplarOf(settings) });
  }
  const histogram = metric as PromHistogram;
  if (!takesExemplars) return (value, labels) => histogram.observe(labels, value);
  return (value, labels) => histogram.observe({ labels, value, ...exemplarOf(settings) });
}

/**
 * One metric in a registry.
 *
 * @throws ConfigurationError if the name stands for something else already, or cannot be one.
 */
export function prometheusMetric(
  kind: MetricKind,
  givenName: string,
  options: MetricOptions | HistogramOptions,
  settings: PrometheusSettings,
): RecordedMetric {
  const name = `${settings.prefix}${givenName}`;
  checkMetricName(name);
  const requested = {
    name,
    kind,
    labels: options.labelNames,
    buckets: kind === 'histogram' && 'buckets' in options ? options.buckets : undefined,
  };
  const metric = obtain(requested, options.help ?? `The ${kind} ${name}.`, settings);
  const labels = readRegistered(metric)?.labels;
  return new RecordedMetric({ name, kind, labels }, settings, writerOf(metric, kind, settings));
}
