import type { HttpDialect, MetricDefinition } from '@integrations/semantic-conventions';
import type { LogLevel } from '@integrations/types';

/** Names of the spans inside of a call. */
export interface SpanNames {
  readonly validate: string;
  readonly execute: string;
  readonly breaker: string;
  readonly limiter: string;
  readonly http: string;
  readonly serialize: string;
  readonly send: string;
  readonly deserialize: string;
  readonly record: string;
}

/** Names of attributes; what a provider leaves out is not recorded. */
export interface AttributeNames {
  /** On the span of the call. */
  readonly model?: string;
  readonly messageCount?: string;
  readonly temperature?: string;
  readonly maxTokens?: string;
  readonly streaming?: string;
  readonly finishReason?: string;
  readonly promptTokens?: string;
  readonly completionTokens?: string;
  readonly totalTokens?: string;
  readonly chunks?: string;
  readonly streamDuration?: string;
  /** What is known of the tokens: `reported`, `estimated` or `unknown`. */
  readonly usageState: string;
  /** On the span of the resilience. */
  readonly attempt?: string;
  readonly circuitState?: string;
}

/** At which level lines are written, where providers differ. */
export interface LogLevels {
  readonly requestStarted: LogLevel;
  readonly breakerChanged: LogLevel;
  readonly breakerHalfOpen: LogLevel;
}

/** Names of fields, where providers differ. */
export interface LogFieldNames {
  readonly latency: string;
  readonly promptTokens: string;
  readonly completionTokens: string;
}

/** How a provider's calls are reported, as data. */
export interface TelemetryProfile {
  /** As OpenTelemetry names the provider: `mistral_ai`. */
  readonly genAiProvider: string;
  /** Every metric that its clients record. */
  readonly metrics: readonly MetricDefinition[];
  readonly spans: SpanNames;
  readonly attributes: AttributeNames;
  readonly httpDialect: HttpDialect;
  /** Goes before the name of the resource that speaks: `integrations_openai::services`. */
  readonly logTarget: string;
  readonly logLevels: LogLevels;
  readonly logFields: LogFieldNames;
}
