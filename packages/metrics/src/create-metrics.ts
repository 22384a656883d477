import { wrongOption } from '@integrations/errors';
import {
  type Counter,
  type Gauge,
  type Histogram,
  type HistogramOptions,
  type MetricOptions,
  type MetricsRecorder,
  noopMetrics,
} from '@integrations/types';
import type { ExemplarSource } from './exemplar.ts';
import { type ExpositionFormat, writeExposition } from './exposition.ts';
import { type LabelOptions, labelPolicy } from './label-options.ts';
import {
  createMetricsHandler,
  type HandlerOptions,
  type MetricsHandler,
} from './metrics-handler.ts';
import { prometheusMetric, type PrometheusSettings } from './prometheus-metrics.ts';
import {
  addProcessMetrics,
  keepsExemplars,
  type MetricsRegistry,
  registryFor,
} from './prometheus-registry.ts';

/** Options of `createMetrics`. */
export interface MetricsOptions extends LabelOptions {
  /**
   * prom-client's registry. Several recorders may share one.
   *
   * @default a new registry of its own
   */
  readonly registry?: MetricsRegistry;
  /** Goes before every name, such as `myapp_`. @default none */
  readonly prefix?: string;
  /** Whether to collect CPU, memory, event loop and garbage collection too. @default false */
  readonly processMetrics?: boolean;
  /** Links values to traces, in the OpenMetrics format only. @default no exemplars */
  readonly exemplar?: ExemplarSource;
}

/** Records for Prometheus. */
export interface PrometheusMetrics extends MetricsRecorder {
  readonly registry: MetricsRegistry;
  /** Everything in the registry as text. @default the format `prometheus` */
  metrics(options?: { readonly format?: ExpositionFormat }): Promise<string>;
  /** Serves the registry from a `node:http` server. */
  handler(options?: HandlerOptions): MetricsHandler;
}

/** Metrics of the GenAI conventions: their names and labels hold dots. */
function isForMeters(name: string): boolean {
  return name.startsWith('gen_ai.');
}

const PREFIX = /^([a-zA-Z_:][a-zA-Z0-9_:]*)?$/;

class PrometheusRecorder implements PrometheusMetrics {
  readonly registry: MetricsRegistry;
  readonly #settings: PrometheusSettings;

  constructor(settings: PrometheusSettings) {
    this.registry = settings.registry;
    this.#settings = settings;
  }

  counter(name: string, options: MetricOptions = {}): Counter {
    if (isForMeters(name)) return noopMetrics.counter(name);
    return prometheusMetric('counter', name, options, this.#settings);
  }

  histogram(name: string, options: HistogramOptions = {}): Histogram {
    if (isForMeters(name)) return noopMetrics.histogram(name);
    return prometheusMetric('histogram', name, options, this.#settings);
  }

  gauge(name: string, options: MetricOptions = {}): Gauge {
    if (isForMeters(name)) return noopMetrics.gauge(name);
    return prometheusMetric('gauge', name, options, this.#settings);
  }

  async metrics({
    format = 'prometheus',
  }: { readonly format?: ExpositionFormat } = {}): Promise<string> {
    const families = await this.registry.getMetricsAsJSON();
    return writeExposition(families, format, keepsExemplars(this.registry));
  }

  handler(options: HandlerOptions = {}): MetricsHandler {
    return createMetricsHandler(
      (format) => this.metrics({ format }),
      options,
      (error) =>
        this.#settings.reporter.report('collect', 'The metrics could not be collected.', error),
    );
  }
}

/**
 * Records for Prometheus, through prom-client.
 *
 * A name asked for twice gives the same metric, in every recorder of a registry. Names
 * that begin with `gen_ai.` are for a meter of OpenTelemetry: of those it records
 * nothing, and gives the instruments of `noopMetrics`.
 *
 * @throws ConfigurationError if an option is wrong.
 */
export function createMetrics(options: MetricsOptions = {}): PrometheusMetrics {
  const { prefix = '', exemplar, processMetrics = false } = options;
  if (!PREFIX.test(prefix)) {
    throw wrongOption('prefix', 'letters, digits, _ and :, not beginning with a digit', prefix);
  }
  const registry = registryFor(options.registry, exemplar !== undefined);
  const settings = { ...labelPolicy(registry, options), registry, prefix, exemplar };
  if (processMetrics) addProcessMetrics(registry);
  return new PrometheusRecorder(settings);
}
