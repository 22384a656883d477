import type { MetricDefinition } from './metric-definition.ts';
import { providerMetrics } from './provider-metrics.ts';

/** What a client of Mistral records. */
export const MISTRAL_METRICS: readonly MetricDefinition[] = /* @__PURE__ */ providerMetrics(
  'mistral',
  {
    requestLabels: ['method', 'endpoint', 'status', 'model'],
    durationLabels: ['method', 'endpoint', 'model'],
    durationBuckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    errorLabels: ['type', 'endpoint', 'status_code'],
    errorCode: 'type',
    breaker: { labels: [] },
  },
);
