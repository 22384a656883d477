import { ConfigurationError } from '@integrations/errors';
import { collectDefaultMetrics, type OpenMetricsContentType, Registry } from 'prom-client';

/** A registry of prom-client, of either format. */
export type MetricsRegistry = Registry | Registry<OpenMetricsContentType>;

/** Whether the metrics of a registry may have exemplars. */
export function keepsExemplars(registry: MetricsRegistry): boolean {
  return registry.contentType === Registry.OPENMETRICS_CONTENT_TYPE;
}

/** @throws ConfigurationError if there are to be exemplars and the given registry takes none. */
export function registryFor(
  given: MetricsRegistry | undefined,
  hasExemplars: boolean,
): MetricsRegistry {
  if (given === undefined) {
    if (!hasExemplars) return new Registry();
    const registry = new Registry<OpenMetricsContentType>();
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    return registry;
  }
  if (!hasExemplars || keepsExemplars(given)) return given;
  throw new ConfigurationError(
    'prom-client keeps an `exemplar` only in a registry of the OpenMetrics format: call registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE) before anything is recorded, or leave `registry` out.',
  );
}

/** A metric that is among those of the process, whichever platform it runs on. */
const A_PROCESS_METRIC = 'process_start_time_seconds';

/** Adds CPU, memory, event loop and garbage collection, if the registry lacks them. */
export function addProcessMetrics(registry: MetricsRegistry): void {
  if (registry.getSingleMetric(A_PROCESS_METRIC) !== undefined) return;
  collectDefaultMetrics({ register: registry as Registry });
}
