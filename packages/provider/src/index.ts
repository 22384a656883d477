export { type ApiKey, createKeySource, type KeySource } from './api-key.ts';
export type { CallOptions, StreamOptions } from './call-options.ts';
export { type Caller, type CallerOptions, createCaller } from './caller.ts';
export {
  type ClientDefaults,
  type ClientOptions,
  resolveClientOptions,
  type ResolvedOptions,
} from './client-options.ts';
export {
  type DecodedEvent,
  type Endpoint,
  type EndpointRequest,
  type JsonEndpoint,
  STREAM_END,
  STREAM_SKIP,
  type StreamEndpoint,
} from './endpoint.ts';
export type { EventReader, StreamState } from './event-reader.ts';
export { EventStream } from './event-stream.ts';
export type { ErrorAnswer, ProviderProfile } from './provider-profile.ts';
export type { WithRequestId } from './request-id.ts';
export { type RequestSchema, validateWith } from './request-validation.ts';
export {
  createProtections,
  type ProtectedCall,
  type Protection,
  type ProtectionOptions,
  type ProtectionSource,
} from './protection.ts';
export type {
  RateLimitSettings,
  ResilienceClientOptions,
  RetrySettings,
} from './resilience-options.ts';
export { ResponsePromise, type WithResponse } from './response-promise.ts';
export { Telemetry, type TelemetrySinks } from './telemetry.ts';
export type { TokenUsage } from './token-usage.ts';
