import type { ProviderProfile } from '@integrations/provider';
import { OPENAI_METRICS } from '@integrations/semantic-conventions';
import { toApiError } from './api-error.ts';

/** `gpt-4o-2024-08-06` shares the limits of `gpt-4o`. */
function withoutDate(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

/** What makes OpenAI different from other providers, as data. */
export const PROFILE: ProviderProfile = {
  name: 'openai',
  requestIdHeaders: ['x-request-id'],
  toApiError,
  modelFamily: withoutDate,
  // The API counts what was asked for, `max_completion_tokens` included, used or not.
  settle: 'neverBelowReserved',
  telemetry: {
    genAiProvider: 'openai',
    metrics: OPENAI_METRICS,
    spans: {
      validate: 'openai.validate_request',
      execute: 'openai.resilience.execute',
      breaker: 'openai.circuit_breaker.check',
      limiter: 'openai.rate_limiter.acquire',
      http: 'openai.http_request',
      serialize: 'openai.serialize_request',
      send: 'http.send',
      deserialize: 'openai.deserialize_response',
      record: 'openai.record_metrics',
    },
    attributes: {
      attempt: 'resilience.attempt',
      circuitState: 'resilience.circuit_state',
      usageState: 'openai.usage.state',
      chunks: 'openai.stream.chunks_count',
      streamDuration: 'openai.stream.duration_ms',
    },
    httpDialect: 'openai',
    logTarget: 'integrations_openai::services',
    logLevels: { requestStarted: 'info', breakerChanged: 'info', breakerHalfOpen: 'info' },
    logFields: {
      latency: 'latency_ms',
      promptTokens: 'tokens_prompt',
      completionTokens: 'tokens_completion',
    },
  },
};
