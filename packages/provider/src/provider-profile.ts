import type { IntegrationError } from '@integrations/errors';
import type { Headers } from '@integrations/types';
import type { TelemetryProfile } from './telemetry/telemetry-profile.ts';

/** An answer that is an error: a response's, or an event's in a stream. */
export interface ErrorAnswer {
  /** Undefined for an error that came inside a stream: its status was 200. */
  readonly status: number | undefined;
  readonly headers: Headers;
  /** Decoded JSON, or the text where it is not JSON. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  /** Milliseconds the server asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** Which call this was, for the message: `openai chat.create`. */
  readonly call: string;
}

/** What calls need to know of a provider. */
export interface ApiProfile {
  /** Prefix of spans, metrics and messages: `openai`. */
  readonly name: string;
  /** The first of these headers that a response has is the request's id. */
  readonly requestIdHeaders: readonly string[];
  /** The typed error for an error answer. */
  readonly toApiError: (answer: ErrorAnswer) => IntegrationError;
}

/** What makes one provider different from another, as data. */
export interface ProviderProfile extends ApiProfile {
  /** Models of one family share their limits. */
  readonly modelFamily: (model: string) => string;
  /** How the provider charges tokens that were reserved and not used. */
  readonly settle: 'actual' | 'neverBelowReserved';
  /** How its calls are reported. */
  readonly telemetry: TelemetryProfile;
}
