import { wrongOption } from '@integrations/errors';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  MetricOptions,
  MetricsRecorder,
} from '@integrations/types';
import type { ExemplarSource } from './exemplar.ts';
import { type ExpositionFormat, writeExposition } from './exposition.ts';
import { type LabelOptions, labelPolicy } from './label-options.ts';
import {
  createMetricsHandler,
  type HandlerOptions,
  type MetricsHandler,
} from './metrics-handler.ts';
import { PrometheusMetric, type PrometheusSettings } from './prometheus-metrics.ts';
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

const PREFIX = /^([a-zA-Z_:][a-zA-Z0-9_:]*)?$/;

class PrometheusRecorder implements PrometheusMetrics {
  readonly registry: MetricsRegistry;
  readonly #settings: PrometheusSettings;

  constructor(settings: PrometheusSettings) {
    this.registry = settings.registry;
    this.#settings = settings;
  }

  counter(name: string, options: MetricOptions = {}): Counter {
    return new PrometheusMetric('counter', name, options, this.#settings);
  }

  histogram(name: string, options: HistogramOptions = {}): Histogram {
    return new PrometheusMetric('histogram', name, options, this.#settings);
  }

  gauge(name: string, options: MetricOptions = {}): Gauge {
    return new PrometheusMetric('gauge', name, options, this.#settings);
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
 * A name asked for twice gives the same metric, in every recorder of a registry.
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
