import type { GenAiProfile } from './gen-ai-profile.ts';

/** What can be told of a call, whatever the profile calls it. */
export type GenAiAttribute =
  | 'operationName'
  | 'providerName'
  | 'requestModel'
  | 'requestStream'
  | 'requestMaxTokens'
  | 'requestTemperature'
  | 'requestTopP'
  | 'requestTopK'
  | 'requestSeed'
  | 'requestStopSequences'
  | 'requestFrequencyPenalty'
  | 'requestPresencePenalty'
  | 'requestChoiceCount'
  | 'requestEncodingFormats'
  | 'embeddingsDimensionCount'
  | 'outputType'
  | 'conversationId'
  | 'responseId'
  | 'responseModel'
  | 'responseFinishReasons'
  | 'responseTimeToFirstChunk'
  | 'inputTokens'
  | 'outputTokens'
  | 'cacheReadInputTokens'
  | 'cacheWriteInputTokens'
  | 'reasoningOutputTokens'
  | 'tokenType'
  | 'tokenModality'
  | 'toolName'
  | 'toolCallId'
  | 'toolType'
  | 'inputMessages'
  | 'outputMessages'
  | 'systemInstructions'
  | 'toolDefinitions'
  | 'openaiApiType'
  | 'openaiRequestServiceTier'
  | 'openaiResponseServiceTier'
  | 'openaiSystemFingerprint'
  | 'serverAddress'
  | 'serverPort'
  | 'errorType';

/** The names of one profile. */
export type GenAiAttributeNames = Readonly<Record<GenAiAttribute, string>>;

const VERSION_1_41: GenAiAttributeNames = {
  operationName: 'gen_ai.operation.name',
  providerName: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  requestStream: 'gen_ai.request.stream',
  requestMaxTokens: 'gen_ai.request.max_tokens',
  requestTemperature: 'gen_ai.request.temperature',
  requestTopP: 'gen_ai.request.top_p',
  requestTopK: 'gen_ai.request.top_k',
  requestSeed: 'gen_ai.request.seed',
  requestStopSequences: 'gen_ai.request.stop_sequences',
  requestFrequencyPenalty: 'gen_ai.request.frequency_penalty',
  requestPresencePenalty: 'gen_ai.request.presence_penalty',
  requestChoiceCount: 'gen_ai.request.choice.count',
  requestEncodingFormats: 'gen_ai.request.encoding_formats',
  embeddingsDimensionCount: 'gen_ai.embeddings.dimension.count',
  outputType: 'gen_ai.output.type',
  conversationId: 'gen_ai.conversation.id',
  responseId: 'gen_ai.response.id',
  responseModel: 'gen_ai.response.model',
  responseFinishReasons: 'gen_ai.response.finish_reasons',
  responseTimeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheReadInputTokens: 'gen_ai.usage.cache_read.input_tokens',
  cacheWriteInputTokens: 'gen_ai.usage.cache_creation.input_tokens',
  reasoningOutputTokens: 'gen_ai.usage.reasoning.output_tokens',
  tokenType: 'gen_ai.token.type',
  tokenModality: 'gen_ai.token.modality',
  toolName: 'gen_ai.tool.name',
  toolCallId: 'gen_ai.tool.call.id',
  toolType: 'gen_ai.tool.type',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  toolDefinitions: 'gen_ai.tool.definitions',
  openaiApiType: 'openai.api.type',
  openaiRequestServiceTier: 'openai.request.service_tier',
  openaiResponseServiceTier: 'openai.response.service_tier',
  openaiSystemFingerprint: 'openai.response.system_fingerprint',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  errorType: 'error.type',
};

/**
 * The one table of names. They are constants of our own: the incubating exports of
 * OpenTelemetry's package may go with any of its releases.
 */
export const GEN_AI_ATTRIBUTES: Readonly<Record<GenAiProfile, GenAiAttributeNames>> = {
  '1.41': VERSION_1_41,
  latest: {
    ...VERSION_1_41,
    cacheWriteInputTokens: 'gen_ai.usage.cache_write.input_tokens',
  },
};
