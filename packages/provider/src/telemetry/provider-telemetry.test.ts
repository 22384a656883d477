import { OPENAI_METRICS } from '@integrations/semantic-conventions';
import { describe, expect, it } from 'vitest';
import { telemetryProfile } from './provider-telemetry.ts';

describe('telemetryProfile', () => {
  it('needs only a name', () => {
    const profile = telemetryProfile('acme');
    expect(profile.genAiProvider).toBe('acme');
    expect(profile.logTarget).toBe('integrations_acme::services');
    expect(profile.spans.http).toBe('acme.http_request');
    expect(profile.attributes.usageState).toBe('acme.usage.state');
    expect(profile.metrics.every(({ name }) => name.startsWith('acme_'))).toBe(true);
    expect(profile.metrics).toHaveLength(OPENAI_METRICS.length);
    for (const { labels, splitBy } of profile.metrics) {
      if (splitBy !== undefined) expect(labels).toContain(splitBy);
    }
  });

  it('puts names in place of its own, and keeps the others', () => {
    const profile = telemetryProfile('acme', {
      genAiProvider: 'acme_ai',
      metrics: OPENAI_METRICS,
      httpDialect: 'mistral',
      spans: { http: 'acme.http' },
      attributes: { model: 'acme.model' },
    });
    expect(profile).toMatchObject({
      genAiProvider: 'acme_ai',
      metrics: OPENAI_METRICS,
      httpDialect: 'mistral',
      spans: { http: 'acme.http', validate: 'acme.validate_request' },
      attributes: { model: 'acme.model', attempt: 'resilience.attempt' },
    });
  });
});
