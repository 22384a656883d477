import type { GenAiProfile } from '@integrations/semantic-conventions';
import type { Clock, Logger, MetricsRecorder, RandomSource, Tracer } from '@integrations/types';
import type { SpanDetail } from './span-detail.ts';
import type { TelemetryProfile } from './telemetry-profile.ts';

/** Where a client reports what it does. */
export interface TelemetrySinks {
  readonly logger: Logger;
  readonly tracer: Tracer;
  readonly metrics: MetricsRecorder;
  readonly clock: Clock;
}

/** How much a client reports. */
export interface TelemetrySettings {
  readonly spanDetail: SpanDetail;
  /** The version of the `gen_ai.*` names. */
  readonly genAiProfile: GenAiProfile;
  /** Whether bodies of requests are logged: beginnings at `debug`, whole at `trace`. */
  readonly logRequests: boolean;
  /** The same for responses. */
  readonly logResponses: boolean;
}

/** What the telemetry of one client is made from. */
export interface TelemetryOptions {
  /** Prefix of spans, metrics and messages: `openai`. */
  readonly name: string;
  readonly profile: TelemetryProfile;
  readonly sinks: TelemetrySinks;
  readonly settings: TelemetrySettings;
  readonly baseURL: string;
  /** @default systemRandom */
  readonly random?: RandomSource;
}
