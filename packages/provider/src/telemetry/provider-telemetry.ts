import { providerMetrics } from '@integrations/semantic-conventions';
import type { AttributeNames, SpanNames, TelemetryProfile } from './telemetry-profile.ts';

/** Where a provider's reports differ from what its name gives. */
export interface TelemetryOverrides extends Partial<
  Omit<TelemetryProfile, 'spans' | 'attributes'>
> {
  /** Beside the others. */
  readonly spans?: Partial<SpanNames>;
  /** Beside the others; by default, only what the names of OpenTelemetry have no word for is recorded. */
  readonly attributes?: Partial<AttributeNames>;
}

function spanNames(provider: string): SpanNames {
  return {
    validate: `${provider}.validate_request`,
    execute: `${provider}.resilience.execute`,
    breaker: `${provider}.circuit_breaker.check`,
    limiter: `${provider}.rate_limiter.acquire`,
    http: `${provider}.http_request`,
    serialize: `${provider}.serialize_request`,
    send: 'http.send',
    deserialize: `${provider}.deserialize_response`,
    record: `${provider}.record_metrics`,
  };
}

function attributeNames(provider: string): AttributeNames {
  return {
    attempt: 'resilience.attempt',
    circuitState: 'resilience.circuit_state',
    usageState: `${provider}.usage.state`,
    chunks: `${provider}.stream.chunks_count`,
    streamDuration: `${provider}.stream.duration_ms`,
  };
}

/**
 * How the calls of a provider are reported, by names that begin with the provider's.
 *
 * @param overrides what is different. @default nothing
 */
export function telemetryProfile(
  provider: string,
  overrides: TelemetryOverrides = {},
): TelemetryProfile {
  const { spans, attributes, ...others } = overrides;
  return {
    genAiProvider: provider,
    metrics: others.metrics ?? providerMetrics(provider),
    spans: { ...spanNames(provider), ...spans },
    attributes: { ...attributeNames(provider), ...attributes },
    httpDialect: 'none',
    logTarget: `integrations_${provider}::services`,
    logLevels: { requestStarted: 'info', breakerChanged: 'info', breakerHalfOpen: 'info' },
    logFields: {
      latency: 'latency_ms',
      promptTokens: 'tokens_prompt',
      completionTokens: 'tokens_completion',
    },
    ...others,
  };
}
