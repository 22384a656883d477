import { type ProviderProfile, telemetryProfile } from '@integrations/provider';
import { MISTRAL_METRICS } from '@integrations/semantic-conventions';
import { API_PROFILE } from './api-profile.ts';

/** `mistral-large-2411` and `mistral-large-latest` share their limits. */
function withoutRelease(model: string): string {
  return model.replace(/-(?:latest|\d{4})$/, '');
}

/** What makes Mistral different from other providers, as data. */
export const PROFILE: ProviderProfile = {
  ...API_PROFILE,
  modelFamily: withoutRelease,
  settle: 'actual',
  telemetry: /* @__PURE__ */ telemetryProfile('mistral', {
    genAiProvider: 'mistral_ai',
    metrics: MISTRAL_METRICS,
    httpDialect: 'mistral',
    spans: { http: 'mistral.http.request' },
    attributes: {
      model: 'mistral.model',
      messageCount: 'mistral.messages.count',
      temperature: 'mistral.temperature',
      maxTokens: 'mistral.max_tokens',
      streaming: 'mistral.streaming',
      finishReason: 'mistral.finish_reason',
      promptTokens: 'mistral.usage.prompt_tokens',
      completionTokens: 'mistral.usage.completion_tokens',
      totalTokens: 'mistral.usage.total_tokens',
    },
    logLevels: { requestStarted: 'debug', breakerChanged: 'debug', breakerHalfOpen: 'warn' },
    logFields: {
      latency: 'duration_ms',
      promptTokens: 'prompt_tokens',
      completionTokens: 'completion_tokens',
    },
  }),
};
