// The client
export { createOpenAIClient, OpenAIClient } from './client.ts';
export type {
  CursorList,
  CursorQuery,
  OrderedCursorQuery,
  TwoWayCursorQuery,
} from './cursor-list.ts';
export type { OpenAIClientOptions } from './options.ts';
export { describeOpenAIConfig, fromOpenAIEnv } from './settings.ts';

// client.audio
export type { AudioModel, AudioResponseFormat, AudioTextFormat } from './audio/audio-format.ts';
export type { AudioDurationUsage, AudioTokenUsage, AudioUsage } from './audio/audio-usage.ts';
export type { Audio } from './audio/audio.ts';
export type {
  SpeechAudioDeltaEvent,
  SpeechAudioDoneEvent,
  SpeechStreamEvent,
} from './audio/speech/speech-event.ts';
export type {
  SpeechCreateRequest,
  SpeechModel,
  SpeechStreamRequest,
  SpeechVoice,
} from './audio/speech/speech-request.ts';
export type { SpeechStream } from './audio/speech/speech-stream.ts';
export type { Speech } from './audio/speech/speech.ts';
export type {
  TranscriptionStreamEvent,
  TranscriptionTextDeltaEvent,
  TranscriptionTextDoneEvent,
  TranscriptionTextSegmentEvent,
} from './audio/transcriptions/transcription-event.ts';
export type {
  TranscriptionCreateRequest,
  TranscriptionStreamRequest,
  TranscriptionVadConfig,
  TranscriptionWholeRequest,
} from './audio/transcriptions/transcription-request.ts';
export type { TranscriptionStream } from './audio/transcriptions/transcription-stream.ts';
export type {
  Transcription,
  TranscriptionDiarized,
  TranscriptionDiarizedSegment,
  TranscriptionLanguage,
  TranscriptionLogprob,
  TranscriptionSegment,
  TranscriptionVerbose,
  TranscriptionWord,
} from './audio/transcriptions/transcription.ts';
export type { Transcriptions } from './audio/transcriptions/transcriptions.ts';
export type {
  Translation,
  TranslationCreateRequest,
  TranslationFormat,
  TranslationVerbose,
} from './audio/translations/translation.ts';
export type { Translations } from './audio/translations/translations.ts';

// client.batches
export type { BatchProcessOptions } from './batches/batch-process.ts';
export type { BatchCreateRequest, BatchEndpoint } from './batches/batch-request.ts';
export type {
  BatchAnswer,
  BatchBody,
  BatchItemRequest,
  BatchProcessRequest,
} from './batches/batch-work.ts';
export type {
  Batch,
  BatchError,
  BatchRequestCounts,
  BatchStatus,
  BatchUsage,
} from './batches/batch.ts';
export type { Batches } from './batches/batches.ts';

// client.beta
export type {
  AssistantFunctionTool,
  AssistantResponseFormat,
  AssistantTool,
  AssistantToolChoice,
  CodeInterpreterTool,
  FileSearchTool,
  NewToolResources,
  ToolResources,
} from './beta/assistants/assistant-tool.ts';
export type {
  Assistant,
  AssistantDeleted,
  AssistantRequest,
  AssistantUpdate,
} from './beta/assistants/assistant.ts';
export type { Assistants } from './beta/assistants/assistants.ts';
export type { Beta } from './beta/beta.ts';
export type {
  FileCitationAnnotation,
  FilePathAnnotation,
  ImageFileBlock,
  ImageUrlBlock,
  ThreadMessageContent,
  ThreadMessageContentDelta,
  ThreadMessagePart,
} from './beta/threads/messages/message-content.ts';
export type {
  ThreadMessage,
  ThreadMessageDeleted,
  ThreadMessageDelta,
  ThreadMessageRequest,
  ThreadMessageUpdate,
} from './beta/threads/messages/message.ts';
export type {
  InThread,
  ThreadMessageQuery,
  ThreadMessages,
} from './beta/threads/messages/messages.ts';
export type {
  RunRequest,
  RunUpdate,
  ThreadRunRequest,
  ToolOutputsRequest,
} from './beta/threads/runs/run-request.ts';
export type { RunStreamEvent } from './beta/threads/runs/run-stream-event.ts';
export type { RunStream } from './beta/threads/runs/run-stream.ts';
export type {
  RequiredFunctionCall,
  Run,
  RunStatus,
  RunUsage,
  TruncationStrategy,
} from './beta/threads/runs/run.ts';
export type { Runs } from './beta/threads/runs/runs.ts';
export type {
  CodeInterpreterCall,
  FileSearchCall,
  FunctionCallStep,
  RunStep,
  RunStepDelta,
  RunStepDetails,
  RunStepInclude,
} from './beta/threads/runs/steps/run-step.ts';
export type { RunStepParams, RunStepQuery, RunSteps } from './beta/threads/runs/steps/run-steps.ts';
export type { Thread, ThreadDeleted, ThreadRequest, ThreadUpdate } from './beta/threads/thread.ts';
export type { Threads } from './beta/threads/threads.ts';

// client.chat
export type { Chat } from './chat/chat.ts';
export type {
  ChatCompletionChunk,
  ChoiceDelta,
  ChunkChoice,
  ToolCallDelta,
} from './chat/completions/chat-completion-chunk.ts';
export type {
  ApproximateLocation,
  AssistantMessageInput,
  AudioPart,
  ChatCompletionCreateRequest,
  ChatCompletionRequest,
  ChatCompletionStreamRequest,
  ChatMessage,
  CustomTool,
  FilePart,
  FunctionMessage,
  FunctionTool,
  ImagePart,
  InstructionMessage,
  RefusalPart,
  ResponseFormat,
  TextPart,
  ToolChoice,
  ToolMessage,
  UserContentPart,
  UserMessage,
} from './chat/completions/chat-completion-request.ts';
export type {
  AnswerAudio,
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChoice,
  CustomToolCall,
  FinishReason,
  FunctionToolCall,
  ServiceTier,
  ToolCall,
  UrlCitation,
} from './chat/completions/chat-completion.ts';
export type {
  ChatModeration,
  ChatModerationError,
  ChatModerationResults,
} from './chat/completions/chat-moderation.ts';
export type { ChatStreamEvent, ChunkEvent } from './chat/completions/chat-stream-event.ts';
export type { ChatStream } from './chat/completions/chat-stream.ts';
export type { CompletionUsage } from './chat/completions/completion-usage.ts';
export type { ChatCompletions, ParseRequest } from './chat/completions/completions.ts';
export { standardFunction, zodFunction } from '@integrations/provider';
export type { StoredMessages } from './chat/completions/messages/stored-messages.ts';
export type { ParsedChatStream } from './chat/completions/parsed-chat-stream.ts';
export type {
  ParsedChatCompletion,
  ParsedChoice,
  ParsedFunctionToolCall,
  ParsedMessage,
} from './chat/completions/parsed-completion.ts';
export { standardResponseFormat, zodResponseFormat } from '@integrations/provider';
export type { RunToolsRequest } from './chat/completions/run-tools.ts';
export type {
  StoredCompletionDeleted,
  StoredCompletionQuery,
  StoredCompletionUpdate,
  StoredMessage,
} from './chat/completions/stored-completion.ts';
export type {
  CompletionStep,
  StreamedToolRunStep,
  ToolResultStep,
  ToolRunStep,
} from './chat/completions/tool-run-step.ts';
export type { ToolRun } from './chat/completions/tool-run.ts';

// client.completions
export type {
  CompletionCreateRequest,
  CompletionRequest,
  CompletionStreamRequest,
} from './completions/completion-request.ts';
export type { CompletionStream } from './completions/completion-stream.ts';
export type { Completion, CompletionChoice, CompletionLogprobs } from './completions/completion.ts';
export type { Completions } from './completions/completions.ts';

// client.containers
export type { ContainerCreateRequest, ContainerQuery } from './containers/container-request.ts';
export type { Container } from './containers/container.ts';
export type { Containers } from './containers/containers.ts';
export type {
  ContainerFile,
  ContainerFileRequest,
  InContainer,
} from './containers/files/container-file.ts';
export type { ContainerFiles } from './containers/files/container-files.ts';
export type { ContainerFileContents } from './containers/files/content/container-file-contents.ts';

// client.conversations
export type {
  Conversation,
  ConversationCreateRequest,
  ConversationDeleted,
  ConversationUpdateRequest,
} from './conversations/conversation.ts';
export type { Conversations } from './conversations/conversations.ts';
export type {
  ComputerScreenshotContent,
  ConversationItem,
  ConversationItemCreateRequest,
  ConversationItemDeleteRequest,
  ConversationItemList,
  ConversationItemListQuery,
  ConversationItemRetrieveRequest,
  ConversationMessage,
} from './conversations/items/conversation-item.ts';
export type { ConversationItems } from './conversations/items/conversation-items.ts';

// client.embeddings
export type { EmbeddingRequest } from './embeddings/embedding.ts';
export type { CreateManyOptions, Embeddings } from './embeddings/embeddings.ts';

// client.files
export type { FileDeleted, FileObject } from './files/file-object.ts';
export type {
  FileCreateRequest,
  FileExpiry,
  FilePurpose,
  FileQuery,
} from './files/file-request.ts';
export type { Files } from './files/files.ts';

// client.fineTuning
export type { FineTuningCheckpoints } from './fine-tuning/checkpoints/fine-tuning-checkpoints.ts';
export type {
  CheckpointPermission,
  CheckpointPermissionDeleted,
  CheckpointPermissionQuery,
} from './fine-tuning/checkpoints/permissions/checkpoint-permission.ts';
export type {
  CheckpointPermissionRequest,
  CheckpointPermissions,
} from './fine-tuning/checkpoints/permissions/checkpoint-permissions.ts';
export type {
  DpoHyperparameters,
  FineTuningIntegration,
  FineTuningMethod,
  Hyperparameters,
  ReinforcementHyperparameters,
} from './fine-tuning/fine-tuning-method.ts';
export type { FineTuning } from './fine-tuning/fine-tuning.ts';
export type {
  Grader,
  GraderContentPart,
  GraderMessage,
  LabelModelGrader,
  MultiGrader,
  PythonGrader,
  ScoreModelGrader,
  StringCheckGrader,
  TextSimilarityGrader,
} from './fine-tuning/grader.ts';
export type { FineTuningCheckpoint } from './fine-tuning/jobs/checkpoints/fine-tuning-checkpoint.ts';
export type { FineTuningJobCheckpoints } from './fine-tuning/jobs/checkpoints/fine-tuning-job-checkpoints.ts';
export type { FineTuningJobRequest } from './fine-tuning/jobs/fine-tuning-job-request.ts';
export type {
  FineTuningJob,
  FineTuningJobEvent,
  FineTuningJobStatus,
} from './fine-tuning/jobs/fine-tuning-job.ts';
export type { FineTuningJobQuery, FineTuningJobs } from './fine-tuning/jobs/fine-tuning-jobs.ts';

// client.images
export type {
  ImageEditCompletedEvent,
  ImageEditPartialImageEvent,
  ImageEditStreamEvent,
  ImageGenCompletedEvent,
  ImageGenPartialImageEvent,
  ImageGenStreamEvent,
} from './images/image-event.ts';
export type {
  ImageEditRequest,
  ImageEditStreamRequest,
  ImageGenerateRequest,
  ImageGenerateStreamRequest,
  ImageModel,
  ImageSvgOptions,
  ImageVariationRequest,
} from './images/image-request.ts';
export type { ImageStream } from './images/image-stream.ts';
export type {
  Image,
  ImageQuality,
  ImagesResponse,
  ImageSvgUsage,
  ImageTokenDetails,
  ImageUsage,
} from './images/image.ts';
export type { Images } from './images/images.ts';

// client.models
export type { Model, ModelDeleted, ModelList } from './models/model.ts';
export type { Models } from './models/models.ts';

// client.moderations
export type {
  ModerationImagePart,
  ModerationPart,
  ModerationRequest,
  ModerationTextPart,
} from './moderations/moderation-request.ts';
export type {
  Moderation,
  ModerationCategory,
  ModerationFlags,
  ModerationInputTypes,
  ModerationResponse,
} from './moderations/moderation.ts';
export type { Moderations } from './moderations/moderations.ts';

// client.realtime
export type {
  ClientSecret,
  ClientSecretRequest,
  RealtimeSession,
  RealtimeTranscriptionSession,
} from './realtime/client-secrets/client-secret.ts';
export type { ClientSecrets } from './realtime/client-secrets/client-secrets.ts';
export type {
  RealtimeAudioFormat,
  RealtimeAudioInput,
  RealtimeNoiseReduction,
  RealtimeSemanticVad,
  RealtimeServerVad,
  RealtimeTranscription,
  RealtimeTurnDetection,
} from './realtime/client-secrets/realtime-audio.ts';
export type {
  RealtimeFunctionTool,
  RealtimeSessionFields,
  RealtimeSessionRequest,
  RealtimeTranscriptionSessionRequest,
} from './realtime/client-secrets/realtime-session-request.ts';
export type { Realtime } from './realtime/realtime.ts';

// client.responses
export type {
  PromptCacheBreakpoint,
  ResponseFunctionOutputContent,
  ResponseImageDetail,
  ResponseInputContent,
  ResponseInputFile,
  ResponseInputImage,
  ResponseInputText,
} from './responses/content/input-content.ts';
export type {
  ResponseAnnotation,
  ResponseContainerFileCitation,
  ResponseFileCitation,
  ResponseFilePath,
  ResponseLogprob,
  ResponseOutputContent,
  ResponseOutputRefusal,
  ResponseOutputText,
  ResponseReasoningText,
  ResponseSummaryText,
  ResponseTopLogprob,
  ResponseUrlCitation,
} from './responses/content/output-content.ts';
export type {
  ResponseAudioEvent,
  ResponseContentEvent,
  ResponseContentPartAddedEvent,
  ResponseContentPartDoneEvent,
  ResponseEventLogprob,
  ResponseOutputItemAddedEvent,
  ResponseOutputItemDoneEvent,
  ResponseOutputTextAnnotationAddedEvent,
  ResponseReasoningSummaryPartAddedEvent,
  ResponseReasoningSummaryPartDoneEvent,
  ResponseReasoningSummaryTextDeltaEvent,
  ResponseReasoningSummaryTextDoneEvent,
  ResponseReasoningTextDeltaEvent,
  ResponseReasoningTextDoneEvent,
  ResponseRefusalDeltaEvent,
  ResponseRefusalDoneEvent,
  ResponseTextDeltaEvent,
  ResponseTextDoneEvent,
} from './responses/events/content-event.ts';
export type {
  ResponseCompletedEvent,
  ResponseCreatedEvent,
  ResponseErrorEvent,
  ResponseFailedEvent,
  ResponseIncompleteEvent,
  ResponseInProgressEvent,
  ResponseLifecycleEvent,
  ResponseQueuedEvent,
} from './responses/events/lifecycle-event.ts';
export type {
  ResponseStreamEvent,
  ResponseStreamEventOf,
} from './responses/events/stream-event.ts';
export type {
  ResponseCodeInterpreterCallCodeDeltaEvent,
  ResponseCodeInterpreterCallCodeDoneEvent,
  ResponseCustomToolCallInputDeltaEvent,
  ResponseCustomToolCallInputDoneEvent,
  ResponseFunctionCallArgumentsDeltaEvent,
  ResponseFunctionCallArgumentsDoneEvent,
  ResponseImageGenCallPartialImageEvent,
  ResponseMcpCallArgumentsDeltaEvent,
  ResponseMcpCallArgumentsDoneEvent,
  ResponseShellCallCommandDeltaEvent,
  ResponseShellCallCommandEvent,
  ResponseShellCallOutputContentDeltaEvent,
  ResponseShellCallOutputContentDoneEvent,
  ResponseToolEvent,
  ResponseToolProgressEvent,
} from './responses/events/tool-event.ts';
export type {
  InputItemListQuery,
  InputItems,
  ResponseItemList,
} from './responses/input-items/input-items.ts';
export type {
  InputTokenCount,
  InputTokenCountRequest,
} from './responses/input-tokens/input-token-count.ts';
export type { InputTokens } from './responses/input-tokens/input-tokens.ts';
export type {
  ResponseApplyPatchCallInput,
  ResponseApplyPatchCallOutputInput,
  ResponseApplyPatchToolCall,
  ResponseApplyPatchToolCallOutput,
  ResponsePatchOperation,
} from './responses/items/apply-patch-item.ts';
export type {
  ResponseComputerAction,
  ResponseComputerCallOutput,
  ResponseComputerScreenshot,
  ResponseComputerToolCall,
  ResponseComputerToolCallOutputItem,
  ResponseSafetyCheck,
  ScreenPoint,
} from './responses/items/computer-item.ts';
export type {
  ResponseAdditionalTools,
  ResponseAdditionalToolsInput,
  ResponseCompactionInput,
  ResponseCompactionItem,
  ResponseCompactionTrigger,
  ResponseConfigurationUpdateInput,
  ResponseConfigurationUpdateItem,
  ResponseItemReference,
  ResponseProgram,
  ResponseProgramOutput,
  ResponseReasoningItem,
} from './responses/items/context-item.ts';
export type {
  ResponseCustomToolCall,
  ResponseCustomToolCallItem,
  ResponseCustomToolCallOutput,
  ResponseCustomToolCallOutputItem,
  ResponseFunctionCallOutput,
  ResponseFunctionToolCall,
  ResponseFunctionToolCallItem,
  ResponseFunctionToolCallOutputItem,
} from './responses/items/function-call-item.ts';
export type {
  ResponseCodeInterpreterToolCall,
  ResponseImageError,
  ResponseImageGenerationCall,
} from './responses/items/generation-item.ts';
export type {
  ResponseInputItem,
  ResponseItem,
  ResponseOutputItem,
} from './responses/items/item.ts';
export type {
  ResponseMcpApprovalInput,
  ResponseMcpApprovalRequest,
  ResponseMcpApprovalResponse,
  ResponseMcpCall,
  ResponseMcpListTools,
  ResponseMcpToolCallError,
} from './responses/items/mcp-item.ts';
export type {
  EasyInputMessage,
  MessagePhase,
  ResponseInputMessage,
  ResponseInputMessageItem,
  ResponseOutputMessage,
} from './responses/items/message-item.ts';
export type {
  ResponseFileSearchResult,
  ResponseFileSearchToolCall,
  ResponseFunctionWebSearch,
  ResponseToolSearchCall,
  ResponseToolSearchCallInput,
  ResponseToolSearchOutputInput,
  ResponseToolSearchOutputItem,
  ResponseWebSearchAction,
} from './responses/items/search-item.ts';
export type {
  ResponseFunctionShellToolCall,
  ResponseFunctionShellToolCallOutput,
  ResponseLocalShellCall,
  ResponseLocalShellCallOutput,
  ResponseShellCallInput,
  ResponseShellCallOutputInput,
  ResponseShellOutput,
  ResponseShellOutputContent,
} from './responses/items/shell-item.ts';
export type { ParsedResponseStream } from './responses/parsed-response-stream.ts';
export type {
  ParsedOutputMessage,
  ParsedOutputText,
  ParsedResponse,
  ParsedResponseFunctionToolCall,
  ParsedResponseOutputItem,
} from './responses/parsed-response.ts';
export type {
  ReasoningEffort,
  ResponseFormatJsonSchema,
  ResponseIncludable,
  ResponsePrompt,
  ResponseReasoning,
  ResponseServiceTier,
  ResponseTextConfig,
  ResponseTextFormat,
} from './responses/response-config.ts';
export type {
  ResponseCacheDiagnostics,
  ResponseModeration,
  ResponseModerationResult,
  ResponseToolUsage,
} from './responses/response-extras.ts';
export type {
  ResponseError,
  ResponseErrorCode,
  ResponseIncompleteDetails,
} from './responses/response-failure.ts';
export type {
  ResponseCompactRequest,
  ResponseCreateRequest,
  ResponseParseRequest,
  ResponseRequest,
  ResponseRetrieveQuery,
  ResponseRetrieveStreamQuery,
  ResponseStreamRequest,
  TextFormat,
} from './responses/response-request.ts';
export type { ResponseStream } from './responses/response-stream.ts';
export type { ResponseUsage } from './responses/response-usage.ts';
export type { CompactedResponse, Response, ResponseStatus } from './responses/response.ts';
export type { Responses } from './responses/responses.ts';
export {
  type ParseableTextFormat,
  standardTextFormat,
  type TextFormatOptions,
  zodTextFormat,
} from './responses/text-format.ts';
export type {
  OwnToolCall,
  OwnToolOutput,
  ResponseStep,
  ResponseToolResultStep,
  ResponseToolRunStep,
  StreamedResponseToolRunStep,
} from './responses/tool-run/response-tool-run-step.ts';
export type { ResponseToolRun } from './responses/tool-run/response-tool-run.ts';
export type {
  ResponseRunToolsOptions,
  ResponseRunToolsRequest,
} from './responses/tool-run/run-response-tools.ts';
export type {
  CodeInterpreterContainer,
  ContainerAuto,
  ContainerMemory,
  ContainerNetworkPolicy,
  ContainerReference,
  InlineSkill,
  LocalEnvironment,
  LocalSkill,
  SkillReference,
} from './responses/tools/environment.ts';
export type {
  ResponseCustomTool,
  ResponseFunctionTool,
  ResponseNamespaceFunction,
  ResponseNamespaceTool,
} from './responses/tools/function-tool.ts';
export type {
  ResponseApplyPatchTool,
  ResponseCodeInterpreterTool,
  ResponseComputerPreviewTool,
  ResponseComputerTool,
  ResponseImageGenerationTool,
  ResponseImageModel,
  ResponseLocalShellTool,
  ResponseProgrammaticToolCalling,
  ResponseShellTool,
} from './responses/tools/hosted-tool.ts';
export type { McpToolFilter, ResponseMcpTool } from './responses/tools/mcp-tool.ts';
export {
  type ParseableResponseTool,
  type ResponsesFunctionOptions,
  type RunnableResponseTool,
  standardResponsesFunction,
  zodResponsesFunction,
} from './responses/tools/parseable-function.ts';
export type {
  ComparisonFilter,
  CompoundFilter,
  ResponseFileSearchTool,
  ResponseToolSearchTool,
  ResponseWebSearchPreviewTool,
  ResponseWebSearchTool,
} from './responses/tools/search-tool.ts';
export type { ResponseToolChoice } from './responses/tools/tool-choice.ts';
export type { ResponseTool } from './responses/tools/tool.ts';

// client.uploads
export type { SizedFile } from './uploads/file-parts.ts';
export type { Parts as UploadParts } from './uploads/parts/parts.ts';
export type {
  UploadFileOptions,
  UploadFileProgress,
  UploadFileRequest,
} from './uploads/upload-file-options.ts';
export { UploadIncompleteError, type UploadResumption } from './uploads/upload-incomplete-error.ts';
export type {
  PartCreateRequest,
  UploadCompleteRequest,
  UploadCreateRequest,
} from './uploads/upload-request.ts';
export type { Upload, UploadPart } from './uploads/upload.ts';
export type { Uploads } from './uploads/uploads.ts';

// client.vectorStores
export type { FileAttributes } from './vector-stores/attributes.ts';
export type {
  ChunkingStrategy,
  ChunkingStrategyRequest,
  StaticChunking,
  StaticChunkingStrategy,
} from './vector-stores/chunking-strategy.ts';
export type {
  VectorStoreFileBatch,
  VectorStoreFileBatchQuery,
  VectorStoreFileBatchRequest,
  VectorStoreUpload,
} from './vector-stores/file-batches/vector-store-file-batch.ts';
export type {
  UploadAndPollOptions,
  VectorStoreFileBatches,
} from './vector-stores/file-batches/vector-store-file-batches.ts';
export type {
  InVectorStore,
  VectorStoreFileQuery,
  VectorStoreFileRequest,
  VectorStoreFileUpdate,
} from './vector-stores/files/vector-store-file-request.ts';
export type {
  VectorStoreFile,
  VectorStoreFileContent,
  VectorStoreFileContentPage,
  VectorStoreFileDeleted,
  VectorStoreFileStatus,
} from './vector-stores/files/vector-store-file.ts';
export type { VectorStoreFiles } from './vector-stores/files/vector-store-files.ts';
export type {
  VectorSearchPage,
  VectorSearchRequest,
  VectorSearchResult,
} from './vector-stores/vector-search.ts';
export type {
  VectorStoreCreateRequest,
  VectorStoreUpdateRequest,
} from './vector-stores/vector-store-request.ts';
export type {
  VectorStore,
  VectorStoreDeleted,
  VectorStoreExpiry,
  VectorStoreFileCounts,
} from './vector-stores/vector-store.ts';
export type { VectorStores } from './vector-stores/vector-stores.ts';

// client.webhooks
export type { WebhookEventTypes } from './webhooks/event-types/webhook-event-types.ts';
export type {
  WebhookEndpointQuery,
  WebhookEndpointRequest,
  WebhookEndpointTest,
  WebhookEndpointUpdate,
  WebhookSecretRotation,
} from './webhooks/webhook-endpoint-request.ts';
export type {
  WebhookEndpoint,
  WebhookEndpointDeleted,
  WebhookEndpointTestResult,
  WebhookEndpointWithSecret,
  WebhookEventType,
  WebhookEventTypeList,
} from './webhooks/webhook-endpoint.ts';
export type {
  AgentWebhookEvent,
  CallWebhookEvent,
  JobWebhookEvent,
  SafetyWebhookEvent,
  WebhookEvent,
  WebhookEventOf,
} from './webhooks/webhook-event.ts';
export type { WebhookHeaders } from './webhooks/webhook-headers.ts';
export type { WebhookPayload } from './webhooks/webhook-payload.ts';
export {
  MemoryReplayGuard,
  type MemoryReplayGuardOptions,
  type WebhookReplayGuard,
} from './webhooks/webhook-replay-guard.ts';
export type { WebhookSecret, WebhookSecrets } from './webhooks/webhook-secret.ts';
export { WebhookVerifier, type WebhookVerifierOptions } from './webhooks/webhook-verifier.ts';
export type { Webhooks } from './webhooks/webhooks.ts';

// Azure OpenAI
export { AzureOpenAIClient, createAzureOpenAIClient } from './azure/azure-client.ts';
export type { AzureADTokenProvider, AzureOpenAIClientOptions } from './azure/azure-options.ts';

// Of the packages below
export {
  type ArgumentsDeltaEvent,
  type ArgumentsDoneEvent,
  type AsRequest,
  type BatchFailure,
  type BatchItem,
  type BatchSuccess,
  BinaryResponse,
  type ChoiceLogprobs,
  type ContentDeltaEvent,
  type ContentDoneEvent,
  type ContentLogprobsEvent,
  type Embedding,
  EmbeddingBatchError,
  type EmbeddingInput,
  type EmbeddingOptions,
  type EmbeddingProgress,
  type EmbeddingResponse,
  type FailedEmbeddings,
  fileFromPath,
  type FileFromPathOptions,
  type HasOutputSchema,
  type HasToolFunction,
  InvalidVectorError,
  type JsonSchema,
  type JsonSchemaConverter,
  type OutputOf,
  type OutputSchema,
  type ParseableResponseFormat,
  type ParseableTool,
  type RawAnswer,
  type RawOptions,
  type RawRequest,
  type RawResults,
  type RefusalDeltaEvent,
  type RefusalDoneEvent,
  type RefusalLogprobsEvent,
  type ResponseFormatOptions,
  type RunnableTool,
  type RunToolsOptions,
  type SchemaIssue,
  type SchemaOutput,
  type SchemaResult,
  type StandardSchema,
  type ThinkingDeltaEvent,
  type ThinkingDoneEvent,
  toFile,
  type ToFileInput,
  type TokenLogprob,
  type ToolCallContext,
  type ToolFunctionOptions,
  toStreamingFile,
  type Uploadable,
  UploadFile,
  type WaitOptions,
} from '@integrations/provider';
export { proxyFromEnvironment, type ProxySettings } from '@integrations/transport';
