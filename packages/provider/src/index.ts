export { ApiClient, type RawOptions } from './api-client.ts';
export { type ApiKey, createKeySource, type KeySource } from './api-key.ts';
export { asBaseURL } from './base-url.ts';
export type { BatchedRequest, BatchInputRules, BatchQuota } from './batches/batch-input.ts';
export type { BatchFailure, BatchItem, BatchSuccess } from './batches/batch-item.ts';
export {
  type BatchJob,
  type BatchSource,
  readBatchItems,
  toBatchItem,
} from './batches/batch-output.ts';
export {
  type BatchCalls,
  type BatchProcessOptions,
  type BatchProcessPlan,
  processBatches,
} from './batches/batch-process.ts';
export type { CallOptions, StreamOptions } from './call-options.ts';
export type { AnswerFacts, RequestFacts } from './call-facts.ts';
export type { AsRequest } from './as-request.ts';
export { decodeBase64 } from './base64.ts';
export { BinaryResponse } from './binary-response.ts';
export type { FilePiece, FileSource } from './byte-reader.ts';
export { type BodyEncoding, type DraftedBody, JSON_BODY } from './body-encoding.ts';
export { type Caller, createCaller } from './caller.ts';
export type { CallerOptions } from './caller-options.ts';
export {
  chatCompletionEndpoints,
  type ChatEndpointOptions,
  type ChatEndpoints,
  isStreaming,
  type WireChatRequest,
} from './chat-completions/chat-endpoints.ts';
export { PlainChat, PlainChatStreams } from './chat-completions/plain-chat.ts';
export { ChatAccumulator } from './chat-completions/chat-accumulator.ts';
export {
  ChatCompletionStream,
  type ChatStreamCall,
} from './chat-completions/chat-completion-stream.ts';
export type { ChatDialect } from './chat-completions/chat-dialect.ts';
export type {
  ArgumentsDeltaEvent,
  ArgumentsDoneEvent,
  ChatEvent,
  ChoiceEvent,
  ChunkEvent,
  ContentDeltaEvent,
  ContentDoneEvent,
  ContentLogprobsEvent,
  RefusalDeltaEvent,
  RefusalDoneEvent,
  RefusalLogprobsEvent,
  ThinkingDeltaEvent,
  ThinkingDoneEvent,
} from './chat-completions/chat-event.ts';
export {
  collectChatFacts,
  describeChatRequest,
  type DescribedRequest,
} from './chat-completions/chat-facts.ts';
export { ChatOutputs, type OutputRequest, requireEnd } from './chat-completions/chat-outputs.ts';
export {
  CHARACTERS_PER_TOKEN,
  estimateChatTokens,
  type EstimatedRequest,
  estimatePromptTokens,
  TOKENS_PER_IMAGE,
  TOKENS_PER_MESSAGE,
} from './chat-completions/chat-token-estimate.ts';
export {
  ChatToolRun,
  type ToolRunRequest,
  type ToolRunRules,
  type ToolTurn,
} from './chat-completions/chat-tool-run.ts';
export { reportedUsage, sumUsage } from './chat-completions/completion-usage.ts';
export { contentText, thinkingText } from './chat-completions/content.ts';
export { ContentDraft } from './chat-completions/content-draft.ts';
export {
  type ParseableTool,
  type RunnableTool,
  type RunnableToolOptions,
  standardFunction,
  zodFunction,
} from './chat-completions/function-tool.ts';
export type { ChoiceLogprobs, TokenLogprob } from './chat-completions/logprobs.ts';
export {
  type ParseableResponseFormat,
  type ResponseFormatOptions,
  standardResponseFormat,
  zodResponseFormat,
} from './chat-completions/response-format.ts';
export {
  runChatTools,
  type RunToolsOptions,
  type ToolRunCalls,
  type WireToolsRequest,
} from './chat-completions/run-chat-tools.ts';
export { argumentsText, callId } from './chat-completions/tool-call-draft.ts';
export type {
  ChatToolRunStep,
  CompletionStep,
  ToolResultStep,
} from './chat-completions/tool-run-step.ts';
export type {
  MessageOf,
  ToolCallOf,
  WireAnswer,
  WireChunk,
  WireChunkChoice,
  WireCompletion,
  WireContent,
  WireContentPart,
  WireToolCall,
  WireUsage,
} from './chat-completions/wire-chat.ts';
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
export { type Authenticate, Core, type CoreParts } from './core.ts';
export { type CoreCaller, createStreamCaller } from './core-caller.ts';
export type { JsonCaller } from './json-caller.ts';
export type { CoreDefaults, CoreOptions } from './core-options.ts';
export type { CoreProtectionOptions, Protect } from './core-protections.ts';
export {
  type BinaryEndpoint,
  type DecodedEvent,
  type Endpoint,
  type EndpointRequest,
  type JsonEndpoint,
  type ListEndpoint,
  type PathParameters,
  STREAM_END,
  STREAM_SKIP,
  type StreamEndpoint,
} from './endpoint.ts';
export {
  callForEmbeddings,
  type EmbeddingEndpointOptions,
  type EmbeddingEndpoints,
  embeddingEndpoints,
  type EmbeddingOptions,
  type WireEmbeddingRequest,
} from './embeddings/embedding-endpoints.ts';
export { EmbeddingBatchError, type FailedEmbeddings } from './embeddings/embedding-batch-error.ts';
export type { EmbeddingLimits } from './embeddings/embedding-batch.ts';
export { InvalidVectorError } from './embeddings/embedding-vectors.ts';
export type { Embedding, EmbeddingInput, EmbeddingResponse } from './embeddings/embedding.ts';
export {
  embedMany,
  type EmbedManyOptions,
  type EmbeddingProgress,
  type EmbeddingWork,
} from './embeddings/embed-many.ts';
export { decodeFloat32, toNumbers } from './embeddings/float-vector.ts';
export { fewestTokens, pessimisticTokens } from './embeddings/token-estimate.ts';
export { apiErrors, type ApiErrorRules, type ErrorOverride } from './error-answer/api-errors.ts';
export type { ErrorClass, ErrorClasses } from './error-answer/error-class.ts';
export type { StatusAdvice } from './error-answer/error-message.ts';
export { errorMember, readWireError, type WireError, wireText } from './error-answer/wire-error.ts';
export type { EventReader, StreamState } from './event-reader.ts';
export { EventStream } from './event-stream.ts';
export { decodeChoicesEvent } from './events/choices-event.ts';
export { parseEventJson } from './events/event-json.ts';
export { decodeTypedEvent } from './events/typed-event.ts';
export type { ExpectedContent } from './expected-content.ts';
export { fileFromPath, type FileFromPathOptions } from './file-from-path.ts';
export { FORM_BODY, REPEATING_FORM_BODY } from './form-body.ts';
export { HeldSecrets } from './held-secrets.ts';
export { LOGGER_LEVELS, type LoggerLevel } from './log-level.ts';
export { ListPage, type Page } from './page.ts';
export { PagePromise } from './page-promise.ts';
export {
  AFTER_LAST_ID,
  AFTER_LAST_ITEM,
  BY_PAGE_TOKEN,
  byNextCursor,
  byPageNumber,
  type ListedPage,
  type NumberedPages,
  type PageStyle,
  SINGLE_PAGE,
} from './page-style.ts';
export { plainObject } from './plain-object.ts';
export {
  createProviderCore,
  ProviderCore,
  type ProviderCoreOptions,
  type ProviderCoreParts,
} from './provider-core.ts';
export type { ApiProfile, ErrorAnswer, ProviderProfile } from './provider-profile.ts';
export { RAW_BODY } from './raw-body.ts';
export type { RawAnswer, RawEncoding, RawRequest, RawResults } from './raw-request.ts';
export type { WithRequestId } from './request-id.ts';
export { formatPath } from './request-issue.ts';
export { type RequestSchema, validateWith } from './request-validation.ts';
export { type ProtectingParts, protectWith } from './protect-with.ts';
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
export {
  providerSettings,
  type ProviderSettings,
  type ProviderSettingValues,
} from './settings/provider-settings.ts';
export {
  type SharedDefinitions,
  sharedSettings,
  type SharedSettingsOptions,
} from './settings/shared-settings.ts';
export type { JsonSchema } from './structured-output/json-schema.ts';
export type { OutputOf } from './structured-output/output-of.ts';
export { type OutputReader, outputReaderOf } from './structured-output/output-reader.ts';
export {
  type HasOutputSchema,
  OUTPUT_SCHEMA,
  type OutputPlace,
  OutputSchema,
  outputSchemaOf,
  parseJsonOutput,
} from './structured-output/output-schema.ts';
export type {
  JsonSchemaConverter,
  SchemaIssue,
  SchemaOutput,
  SchemaResult,
  StandardSchema,
} from './structured-output/standard-schema.ts';
export { toStrictJsonSchema } from './structured-output/strict-json-schema.ts';
export {
  type AnswerContext,
  type AnswerPlace,
  cutAnswer,
  filteredAnswer,
  refusedAnswer,
} from './structured-output/unreadable-answer.ts';
export { telemetryProfile, type TelemetryOverrides } from './telemetry/provider-telemetry.ts';
export type { AttemptReporter, CallReporter, ClientReporter } from './telemetry/call-reporter.ts';
export { createSilentReporter } from './telemetry/silent-reporter.ts';
export type { SpanDetail } from './telemetry/span-detail.ts';
export { Telemetry } from './telemetry/telemetry.ts';
export type {
  TelemetryOptions,
  TelemetrySettings,
  TelemetrySinks,
} from './telemetry/telemetry-options.ts';
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
export {
  runToolCalls,
  type ToolCallOutcome,
  type ToolCallRequest,
  type ToolCallsOptions,
  type ToolFunctions,
} from './tool-calls/run-tool-calls.ts';
export { StepRun } from './tool-calls/step-run.ts';
export { tooManyTurns, type TurnLimit } from './tool-calls/too-many-turns.ts';
export {
  type HasToolFunction,
  TOOL_FUNCTION,
  type ToolCallContext,
  type ToolFunctionOptions,
  toolFunctionOf,
  type ToolParts,
  toolParts,
} from './tool-calls/tool-function.ts';
export type { Uploadable } from './uploadable.ts';
export { uploadableSchema } from './uploadable-schema.ts';
export { UploadFile } from './upload-file.ts';
export {
  callOptionsOf,
  type JobKind,
  waitFor,
  type WaitOptions,
  type WatchedJob,
} from './wait-for.ts';
export { withoutNulls } from './without-nulls.ts';
