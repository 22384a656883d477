import { type ProviderProfile, telemetryProfile } from '@integrations/provider';
import { OPENAI_METRICS } from '@integrations/semantic-conventions';
import { API_PROFILE } from './api-profile.ts';

/** `gpt-4o-2024-08-06` shares the limits of `gpt-4o`. */
function withoutDate(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

/** What makes OpenAI different from other providers, as data. */
export const PROFILE: ProviderProfile = {
  ...API_PROFILE,
  modelFamily: withoutDate,
  // The API counts what was asked for, `max_completion_tokens` included, used or not.
  settle: 'neverBelowReserved',
  telemetry: /* @__PURE__ */ telemetryProfile('openai', {
    metrics: OPENAI_METRICS,
    httpDialect: 'openai',
  }),
};
