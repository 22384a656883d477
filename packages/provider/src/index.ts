export { ApiClient, type RawOptions } from './api-client.ts';
export { type ApiKey, createKeySource, type KeySource } from './api-key.ts';
export { asBaseURL } from './base-url.ts';
export type { CallOptions, StreamOptions } from './call-options.ts';
export type { AnswerFacts, RequestFacts } from './call-facts.ts';
export { BinaryResponse } from './binary-response.ts';
export type { FilePiece, FileSource } from './byte-reader.ts';
export { type Caller, createCaller } from './caller.ts';
export type { CallerOptions } from './caller-options.ts';
export {
  type ClientConfig,
  type ConfiguredOptions,
  configureOptions,
  type SettingsTable,
  type SharedSettings,
} from './client-config.ts';
export { ClientCore, type ClientParts } from './client-core.ts';
export {
  type ClientDefaults,
  type ClientOptions,
  resolveClientOptions,
  type ResolvedOptions,
} from './client-options.ts';
export {
  type BinaryEndpoint,
  type DecodedEvent,
  type Endpoint,
  type EndpointRequest,
  type JsonEndpoint,
  type ListEndpoint,
  STREAM_END,
  STREAM_SKIP,
  type StreamEndpoint,
} from './endpoint.ts';
export type { EventReader, StreamState } from './event-reader.ts';
export { EventStream } from './event-stream.ts';
export type { ExpectedContent } from './expected-content.ts';
export { fileFromPath, type FileFromPathOptions } from './file-from-path.ts';
export { HeldSecrets } from './held-secrets.ts';
export { LOGGER_LEVELS, type LoggerLevel } from './log-level.ts';
export { ListPage, type Page } from './page.ts';
export { PagePromise } from './page-promise.ts';
export {
  AFTER_LAST_ID,
  AFTER_LAST_ITEM,
  byNextCursor,
  byPageNumber,
  type ListedPage,
  type NumberedPages,
  type PageStyle,
  SINGLE_PAGE,
} from './page-style.ts';
export type { ErrorAnswer, ProviderProfile } from './provider-profile.ts';
export type { RawAnswer, RawRequest, RawResults } from './raw-request.ts';
export type { WithRequestId } from './request-id.ts';
export { formatPath } from './request-issue.ts';
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
export type { SpanDetail } from './telemetry/span-detail.ts';
export {
  Telemetry,
  type TelemetryOptions,
  type TelemetrySettings,
  type TelemetrySinks,
} from './telemetry/telemetry.ts';
export type {
  AttributeNames,
  LogFieldNames,
  LogLevels,
  SpanNames,
  TelemetryProfile,
} from './telemetry/telemetry-profile.ts';
export type { CalledTool } from './telemetry/tool-span.ts';
export type { TokenUsage, UsageState } from './token-usage.ts';
export {
  type FileProperties,
  type StreamingFileProperties,
  toFile,
  type ToFileInput,
  toStreamingFile,
} from './to-file.ts';
export type { Uploadable } from './uploadable.ts';
export { UploadFile } from './upload-file.ts';
export {
  callOptionsOf,
  type JobKind,
  waitFor,
  type WaitOptions,
  type WatchedJob,
} from './wait-for.ts';
