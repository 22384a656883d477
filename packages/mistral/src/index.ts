export { createMistralClient, MistralClient } from './client.ts';
export type { ClientBase } from './client-base.ts';
export { MistralClientBuilder } from './client-builder.ts';
export type { MistralClientOptions, MistralSettings } from './options.ts';
export { describeMistralConfig, fromMistralEnv, fromMistralFile } from './settings.ts';

// client.agents
export type {
  AgentAlias,
  AgentAliasQuery,
  AgentAliasRequest,
} from './agents/aliases/agent-alias.ts';
export type { AgentAliases } from './agents/aliases/agent-aliases.ts';
export type {
  AgentCreateRequest,
  AgentListQuery,
  AgentPageQuery,
  AgentUpdateRequest,
  AgentVersionQuery,
} from './agents/agent-request.ts';
export type { Agent, AgentList } from './agents/agent.ts';
export type { Agents } from './agents/agents.ts';
export type { CompletionArgs } from './agents/completion-args.ts';
export type { AgentCompletionRequest } from './agents/completions/agent-completion-request.ts';
export type { AgentVersionListQuery } from './agents/versions/agent-version-query.ts';
export type { AgentVersions } from './agents/versions/agent-versions.ts';

// client.chat
export type { Chat, ParseRequest } from './chat/chat.ts';
export type {
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChoice,
  FinishReason,
  ToolCall,
} from './chat/chat-completion.ts';
export type {
  ChatCompletionChunk,
  ChoiceDelta,
  ChunkChoice,
  ToolCallDelta,
} from './chat/chat-completion-chunk.ts';
export type {
  ChatCompletionCreateRequest,
  ChatCompletionRequest,
  ChatRequest,
  ResponseFormat,
  SamplingRequest,
} from './chat/chat-completion-request.ts';
export type {
  AssistantMessageInput,
  ChatMessage,
  MessageContent,
  SystemMessage,
  ToolMessage,
  UserMessage,
} from './chat/chat-message.ts';
export { ChatStream, type ChatStreamEvent, ParsedChatStream } from './chat/chat-stream.ts';
export type {
  ChatTool,
  ConnectorTool,
  DocumentLibraryTool,
  FunctionTool,
  HostedTool,
  ToolChoice,
  ToolConfiguration,
} from './chat/chat-tool.ts';
export type { CompletionUsage } from './chat/completion-usage.ts';
export type {
  AudioChunk,
  ContentChunk,
  DocumentUrlChunk,
  FileChunk,
  ImageUrlChunk,
  ReferenceChunk,
  TextChunk,
  ThinkChunk,
  ToolReferenceChunk,
} from './chat/content-chunk.ts';
export { standardFunction, zodFunction } from '@integrations/provider';
export type { Guardrail, GuardrailAction, GuardrailModeration } from './chat/guardrail.ts';
export type {
  ParsedChatCompletion,
  ParsedChoice,
  ParsedMessage,
  ParsedToolCall,
} from './chat/parsed-completion.ts';
export { standardResponseFormat, zodResponseFormat } from '@integrations/provider';
export type {
  RunToolsRequest,
  StreamedToolRun,
  StreamedToolRunStep,
  ToolRun,
  ToolRunStep,
} from './chat/run-tools.ts';
export { toMistralToolCallId } from './chat/tool-call-id.ts';

// client.conversations
export type {
  AgentHandoffDoneEvent,
  AgentHandoffStartedEvent,
  ConversationDoneEvent,
  ConversationEntryEvent,
  ConversationEvent,
  ConversationStartedEvent,
  FunctionCallEvent,
  MessageOutputEvent,
  ToolExecutionDeltaEvent,
  ToolExecutionDoneEvent,
  ToolExecutionStartedEvent,
} from './conversations/conversation-event.ts';
export type {
  AgentConversationRequest,
  ConversationAppendRequest,
  ConversationInput,
  ConversationInputs,
  ConversationRestartRequest,
  ConversationStartRequest,
  ModelConversationRequest,
} from './conversations/conversation-request.ts';
export type {
  ConversationHistory,
  ConversationMessages,
  ConversationResponse,
  ConversationUsage,
} from './conversations/conversation-response.ts';
export { ConversationStream } from './conversations/conversation-stream.ts';
export type {
  AgentConversation,
  Conversation,
  ConversationListQuery,
  ModelConversation,
} from './conversations/conversation.ts';
export type { Conversations } from './conversations/conversations.ts';
export type { InputChunk, OutputChunk, ToolFileChunk } from './conversations/entry-content.ts';
export type {
  AgentHandoffEntry,
  ConversationEntry,
  FunctionCallEntry,
  FunctionResultEntry,
  MessageInputEntry,
  MessageOutputEntry,
  OutputEntry,
  ToolExecutionEntry,
} from './conversations/entry.ts';
export { outputText } from './conversations/output-text.ts';
export type {
  ConversationResponseStep,
  ConversationToolResultStep,
  ConversationToolRunStep,
} from './conversations/tool-run/conversation-tool-run-step.ts';
export { ConversationToolRun } from './conversations/tool-run/conversation-tool-run.ts';
export type {
  AgentToolsRequest,
  ContinuedToolsRequest,
  ConversationToolsOptions,
  ConversationToolsRequest,
  ModelToolsRequest,
} from './conversations/tool-run/run-conversation-tools.ts';

// client.batch
export type {
  BatchError,
  BatchJob,
  BatchJobDeleted,
  BatchJobList,
  BatchJobStatus,
  BatchOutput,
} from './batch/batch-job.ts';
export type { BatchProcessOptions } from './batch/batch-process.ts';
export type {
  BatchCreateRequest,
  BatchEndpoint,
  BatchGetQuery,
  BatchQuery,
  BatchSettings,
  InlineBatchRequest,
} from './batch/batch-request.ts';
export type {
  BatchAnswer,
  BatchBody,
  BatchItemRequest,
  BatchProcessRequest,
} from './batch/batch-work.ts';
export type { Batch } from './batch/batch.ts';

// client.classifiers
export type {
  ChatClassificationRequest,
  ClassificationRequest,
  ClassifiedConversation,
} from './classifiers/classification-request.ts';
export type { ClassificationResponse, ClassificationTarget } from './classifiers/classification.ts';
export type { ClassifierUsage } from './classifiers/classifier-usage.ts';
export type { Classifiers } from './classifiers/classifiers.ts';
export type { ChatModerationRequest, ModerationRequest } from './classifiers/moderation-request.ts';
export type {
  Moderation,
  ModerationCategory,
  ModerationResponse,
} from './classifiers/moderation.ts';

// client.embeddings
export type {
  EmbeddingDtype,
  EmbeddingRequest,
  EmbeddingResponse,
} from './embeddings/embedding.ts';
export type { CreateManyOptions, Embeddings } from './embeddings/embeddings.ts';

// client.files
export type {
  FileDeleted,
  FileList,
  FileObject,
  FilePurpose,
  FileSampleType,
  FileSource,
  FileVisibility,
  SignedUrl,
} from './files/file-object.ts';
export type { FileQuery, FileUploadRequest, SignedUrlQuery } from './files/file-request.ts';
export type { Files } from './files/files.ts';

// client.fim
export type { Fim } from './fim/fim.ts';
export type { FimCompletionCreateRequest, FimCompletionRequest } from './fim/fim-request.ts';

// client.fineTuning
export type {
  ClassifierTargetRequest,
  FineTuningJobQuery,
  FineTuningJobRequest,
  GithubRepository,
  TrainingFile,
  WandbIntegration,
} from './fine-tuning/fine-tuning-job-request.ts';
export type {
  FineTuningCheckpoint,
  FineTuningEvent,
  FineTuningJob,
  FineTuningJobList,
  FineTuningJobStatus,
  FineTuningParameters,
} from './fine-tuning/fine-tuning-job.ts';
export type { FineTuning } from './fine-tuning/fine-tuning.ts';

// client.audio
export type { AudioUsage } from './audio/audio-usage.ts';
export type { Audio } from './audio/audio.ts';
export type { SpeechRequest } from './audio/speech/speech-request.ts';
export type {
  SpeechAudioDeltaEvent,
  SpeechAudioDoneEvent,
  SpeechResult,
  SpeechStreamEvent,
} from './audio/speech/speech-result.ts';
export { SpeechStream } from './audio/speech/speech-stream.ts';
export type { Speech } from './audio/speech/speech.ts';
export type {
  TranscriptionDoneEvent,
  TranscriptionLanguageEvent,
  TranscriptionSegmentEvent,
  TranscriptionStreamEvent,
  TranscriptionTextDeltaEvent,
} from './audio/transcriptions/transcription-event.ts';
export type { TranscriptionRequest } from './audio/transcriptions/transcription-request.ts';
export { TranscriptionStream } from './audio/transcriptions/transcription-stream.ts';
export type { Transcription, TranscriptionSegment } from './audio/transcriptions/transcription.ts';
export type { Transcriptions } from './audio/transcriptions/transcriptions.ts';
export type {
  VoiceCreateRequest,
  VoiceQuery,
  VoiceUpdateRequest,
} from './audio/voices/voice-request.ts';
export type { Voice, VoicePage } from './audio/voices/voice.ts';
export type { Voices } from './audio/voices/voices.ts';

// client.libraries
export type {
  LibraryAccess,
  LibraryAccessEntity,
  LibraryAccessEntityType,
  LibraryAccessList,
  LibraryAccessRequest,
} from './libraries/accesses/access.ts';
export type { Accesses } from './libraries/accesses/accesses.ts';
export type {
  DocumentQuery,
  DocumentTextQuery,
  DocumentUpdateRequest,
  DocumentUploadRequest,
} from './libraries/documents/document-request.ts';
export type {
  DocumentAttributes,
  DocumentPage,
  DocumentProcessing,
  DocumentStatus,
  DocumentText,
  LibraryDocument,
} from './libraries/documents/document.ts';
export type { Documents } from './libraries/documents/documents.ts';
export type { Libraries } from './libraries/libraries.ts';
export type {
  LibraryCreateRequest,
  LibraryQuery,
  LibraryUpdateRequest,
} from './libraries/library-request.ts';
export type { Library, LibraryPage } from './libraries/library.ts';
export type { LibraryPagination } from './libraries/pagination.ts';

// client.models
export type {
  ClassifierTarget,
  FineTunedModel,
  ModelArchival,
  ModelUpdate,
  TunedClassifierModel,
  TunedCompletionModel,
} from './models/fine-tuned-model.ts';
export type {
  BaseModel,
  FineTunedModelCard,
  Model,
  ModelCapabilities,
  ModelDeleted,
  ModelList,
  ModelQuery,
} from './models/model.ts';
export type { Models } from './models/models.ts';

// client.ocr
export type {
  OcrBlock,
  OcrBlockConfidence,
  OcrBox,
  OcrImageBlock,
  OcrTableBlock,
  OcrTextBlock,
} from './ocr/ocr-block.ts';
export type { OcrAnnotationFormat, OcrDocument, OcrRequest } from './ocr/ocr-request.ts';
export type {
  OcrImage,
  OcrPage,
  OcrPageConfidence,
  OcrResult,
  OcrTable,
  OcrWordConfidence,
} from './ocr/ocr-result.ts';
export type { Ocr } from './ocr/ocr.ts';

// client.prompts
export type {
  PromptCreateRequest,
  PromptDefinitionRequest,
  PromptFieldsQuery,
  PromptQuery,
  PromptUpdateRequest,
  PromptVersionQuery,
} from './prompts/prompt-request.ts';
export type {
  Prompt,
  PromptDefinition,
  PromptDeleted,
  PromptPage,
  PromptSharingScope,
} from './prompts/prompt.ts';
export type { Prompts } from './prompts/prompts.ts';
export type {
  PromptVersion,
  PromptVersionCreated,
  PromptVersionCreateRequest,
  PromptVersionList,
  PromptVersionUpdateRequest,
} from './prompts/versions/prompt-version.ts';
export type { PromptVersions } from './prompts/versions/prompt-versions.ts';

// Of the packages below
export {
  type ArgumentsDeltaEvent,
  type ArgumentsDoneEvent,
  type AsRequest,
  type BatchFailure,
  type BatchItem,
  type BatchSuccess,
  BinaryResponse,
  type ContentDeltaEvent,
  type ContentDoneEvent,
  type Embedding,
  EmbeddingBatchError,
  type EmbeddingInput,
  type EmbeddingOptions,
  type EmbeddingProgress,
  type EmbeddingResponse as EmbeddingList,
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
  type ToolCallContext,
  type ToolFunctionOptions,
  toStreamingFile,
  type Uploadable,
  UploadFile,
  type WaitOptions,
} from '@integrations/provider';
