import { ConfigurationError, describeValue } from '@integrations/errors';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  Labels,
  MetricOptions,
  MetricsRecorder,
} from '@integrations/types';
import {
  genAiMetricDefinitions,
  type GenAiMetricDefinition,
  type GenAiProfile,
} from './gen-ai-definitions.ts';
import { type LabelOptions, labelPolicy } from './label-options.ts';
import type { MetricKind } from './metric-definition.ts';
import { type LabelPolicy, MetricLabels } from './metric-labels.ts';
import { checkBuckets } from './metric-name.ts';
import { isRecordable } from './metric-value.ts';
import { type OtelMeter, type OtelWriter, toAttributes } from './otel-meter.ts';
import { conflict, isSameMetric, type RequestedMetric } from './registered-metric.ts';

/** Options of `createOtelMetrics`. */
export interface OtelMetricsOptions extends LabelOptions {
  /** Of `metrics.getMeter(name)` of `@opentelemetry/api`, 1.9 or newer. */
  readonly meter: OtelMeter;
  /** Whose units and buckets the `gen_ai.*` metrics take. @default '1.41' */
  readonly profile?: GenAiProfile;
}

interface Instrument {
  readonly kind: MetricKind;
  readonly labels: readonly string[] | undefined;
  readonly buckets: readonly number[] | undefined;
  readonly write: OtelWriter;
}

/** What each meter has, for a meter does not tell. */
const instruments = new WeakMap<OtelMeter, Map<string, Instrument>>();

function instrumentsOf(meter: OtelMeter): Map<string, Instrument> {
  const existing = instruments.get(meter);
  if (existing !== undefined) return existing;
  const created = new Map<string, Instrument>();
  instruments.set(meter, created);
  return created;
}

const INSTRUMENT_NAME = /^[a-zA-Z][a-zA-Z0-9_.\-/]{0,254}$/;

function unitOf(name: string, convention: GenAiMetricDefinition | undefined): string {
  if (convention !== undefined) return convention.unit;
  if (name.endsWith('_seconds')) return 's';
  return name.endsWith('_bytes') ? 'By' : '1';
}

function createWriter(
  meter: OtelMeter,
  requested: RequestedMetric,
  help: string,
  unit: string,
): OtelWriter {
  const { name, kind, buckets } = requested;
  if (!INSTRUMENT_NAME.test(name)) {
    throw new ConfigurationError(
      `${describeValue(name)} is no name of an OpenTelemetry instrument: it begins with a letter and may hold letters, digits, _, ., - and /, up to 255 in all.`,
    );
  }
  if (buckets !== undefined) checkBuckets(name, buckets);
  const advice =
    buckets === undefined ? {} : { advice: { explicitBucketBoundaries: [...buckets] } };
  const options = { description: help, unit, ...advice };
  if (kind === 'counter') {
    const counter = meter.createCounter(name, options);
    return (value, attributes) => counter.add(value, attributes);
  }
  const instrument =
    kind === 'gauge' ? meter.createGauge(name, options) : meter.createHistogram(name, options);
  return (value, attributes) => instrument.record(value, attributes);
}

class OtelMetric implements Counter, Histogram, Gauge {
  readonly kind: MetricKind;
  readonly name: string;
  readonly #policy: LabelPolicy;
  readonly #labels: MetricLabels;
  readonly #write: OtelWriter;

  constructor(name: string, instrument: Instrument, policy: LabelPolicy) {
    this.kind = instrument.kind;
    this.name = name;
    this.#policy = policy;
    this.#labels = new MetricLabels(name, instrument.labels, policy);
    this.#write = instrument.write;
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
      if (!isRecordable(this, value, reporter)) return;
      this.#write(value, toAttributes(this.#labels.read(labels)));
    } catch (error) {
      reporter.report(`failure ${this.name}`, `The ${this.kind} ${this.name} failed.`, error);
    }
  }
}

class OtelRecorder implements MetricsRecorder {
  readonly #meter: OtelMeter;
  readonly #policy: LabelPolicy;
  readonly #conventions: ReadonlyMap<string, GenAiMetricDefinition>;

  constructor(meter: OtelMeter, profile: GenAiProfile, policy: LabelPolicy) {
    this.#meter = meter;
    this.#policy = policy;
    const definitions = genAiMetricDefinitions(profile);
    this.#conventions = new Map(definitions.map((definition) => [definition.name, definition]));
  }

  counter(name: string, options: MetricOptions = {}): Counter {
    return this.#metric('counter', name, options);
  }

  histogram(name: string, options: HistogramOptions = {}): Histogram {
    return this.#metric('histogram', name, options);
  }

  gauge(name: string, options: MetricOptions = {}): Gauge {
    return this.#metric('gauge', name, options);
  }

  #metric(kind: MetricKind, name: string, options: HistogramOptions): OtelMetric {
    const convention = this.#conventions.get(name);
    const requested = {
      name,
      kind,
      labels: options.labelNames ?? convention?.labels,
      buckets: kind === 'histogram' ? (options.buckets ?? convention?.buckets) : undefined,
    };
    const known = instrumentsOf(this.#meter);
    const existing = known.get(name);
    if (existing !== undefined) {
      const asDeclared = { ...existing, labels: existing.labels ?? requested.labels ?? [] };
      if (!isSameMetric(asDeclared, requested)) throw conflict(asDeclared, requested);
      return new OtelMetric(name, existing, this.#policy);
    }
    const help = options.help ?? convention?.help ?? '';
    const write = createWriter(this.#meter, requested, help, unitOf(name, convention));
    const created = { kind, labels: requested.labels, buckets: requested.buckets, write };
    known.set(name, created);
    return new OtelMetric(name, created, this.#policy);
  }
}

/**
 * Records with a meter of OpenTelemetry. Names stay as they are; exemplars are the SDK's
 * own affair.
 *
 * @throws ConfigurationError if an option is wrong.
 */
export function createOtelMetrics(options: OtelMetricsOptions): MetricsRecorder {
  const { meter, profile = '1.41' } = options;
  return new OtelRecorder(meter, profile, labelPolicy(meter, options));
}
