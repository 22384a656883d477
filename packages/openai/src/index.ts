export type { Chat } from './chat/chat.ts';
export type {
  AnswerAudio,
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChoice,
  ChoiceLogprobs,
  CustomToolCall,
  FinishReason,
  FunctionToolCall,
  ServiceTier,
  TokenLogprob,
  ToolCall,
  UrlCitation,
} from './chat/completions/chat-completion.ts';
export type {
  ChatCompletionChunk,
  ChoiceDelta,
  ChunkChoice,
  ToolCallDelta,
} from './chat/completions/chat-completion-chunk.ts';
export type {
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
export type { ChatStream } from './chat/completions/chat-stream.ts';
export type { CompletionUsage } from './chat/completions/completion-usage.ts';
export type { ChatCompletions } from './chat/completions/completions.ts';
export { createOpenAIClient, OpenAIClient } from './client.ts';
export type { Embedding, EmbeddingRequest, EmbeddingResponse } from './embeddings/embedding.ts';
export type { EmbeddingOptions, Embeddings } from './embeddings/embeddings.ts';
export type { Model, ModelList } from './models/model.ts';
export type { Models } from './models/models.ts';
export type { OpenAIClientOptions } from './options.ts';
