import type { MetricDefinition } from './metric-definition.ts';
import { providerMetrics } from './provider-metrics.ts';

/** What a client of OpenAI records. */
export const OPENAI_METRICS: readonly MetricDefinition[] = /* @__PURE__ */ providerMetrics(
  'openai',
  {
    requestLabels: ['endpoint', 'status', 'model'],
    durationLabels: ['endpoint', 'model'],
    durationBuckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    errorLabels: ['endpoint', 'error_type'],
    errorCode: 'error_type',
    breaker: { labels: ['endpoint'], splitBy: 'endpoint' },
  },
);
