import { ConfigurationError, describeValue, wrongOption } from '@integrations/errors';
import {
  GEN_AI_PROFILES,
  genAiMetricDefinitions,
  type GenAiMetricDefinition,
  type GenAiProfile,
  type MetricKind,
} from '@integrations/semantic-conventions';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  MetricOptions,
  MetricsRecorder,
} from '@integrations/types';
import { type LabelOptions, labelPolicy } from './label-options.ts';
import type { LabelPolicy } from './metric-labels.ts';
import { checkBuckets } from './metric-name.ts';
import { type OtelMeter, toAttributes } from './otel-meter.ts';
import { type KnownMetric, type MetricWriter, RecordedMetric } from './recorded-metric.ts';
import { conflict, isSameMetric, type RequestedMetric } from './registered-metric.ts';

/** Options of `createOtelMetrics`. */
export interface OtelMetricsOptions extends LabelOptions {
  /** Of `metrics.getMeter(name)` of `@opentelemetry/api`, 1.9 or newer. */
  readonly meter: OtelMeter;
  /** Whose units and buckets the `gen_ai.*` metrics take. @default '1.41' */
  readonly profile?: GenAiProfile;
}

interface Instrument extends KnownMetric {
  readonly buckets: readonly number[] | undefined;
  readonly write: MetricWriter;
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
): MetricWriter {
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
    return (value, labels) => counter.add(value, toAttributes(labels));
  }
  const instrument =
    kind === 'gauge' ? meter.createGauge(name, options) : meter.createHistogram(name, options);
  return (value, labels) => instrument.record(value, toAttributes(labels));
}

/** Creates an instrument, or finds the one that the meter has. */
function obtain(
  meter: OtelMeter,
  requested: RequestedMetric,
  help: string,
  unit: string,
): Instrument {
  const known = instrumentsOf(meter);
  const existing = known.get(requested.name);
  if (existing === undefined) {
    const created = { ...requested, write: createWriter(meter, requested, help, unit) };
    known.set(requested.name, created);
    return created;
  }
  const asDeclared = { ...existing, labels: existing.labels ?? requested.labels ?? [] };
  if (!isSameMetric(asDeclared, requested)) throw conflict(asDeclared, requested);
  return existing;
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

  #metric(kind: MetricKind, name: string, options: HistogramOptions): RecordedMetric {
    const convention = this.#conventions.get(name);
    const requested = {
      name,
      kind,
      labels: options.labelNames ?? convention?.labels,
      buckets: kind === 'histogram' ? (options.buckets ?? convention?.buckets) : undefined,
    };
    const help = options.help ?? convention?.help ?? '';
    const instrument = obtain(this.#meter, requested, help, unitOf(name, convention));
    return new RecordedMetric(instrument, this.#policy, instrument.write);
  }
}

/**
 * Records with a meter of OpenTelemetry, the metrics of the GenAI conventions too. Names
 * stay as they are; exemplars are the SDK's own affair.
 *
 * @throws ConfigurationError if an option is wrong.
 */
export function createOtelMetrics(options: OtelMetricsOptions): MetricsRecorder {
  const { meter, profile = '1.41' } = options;
  if (!GEN_AI_PROFILES.includes(profile)) {
    throw wrongOption('profile', `one of ${GEN_AI_PROFILES.join(', ')}`, profile);
  }
  return new OtelRecorder(meter, profile, labelPolicy(meter, options));
}
