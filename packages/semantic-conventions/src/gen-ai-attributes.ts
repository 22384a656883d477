import type { Attributes } from '@integrations/types';
import { addPresent, type AttributeSet } from './attribute-set.ts';
import { GEN_AI_ATTRIBUTES } from './gen-ai-attribute-names.ts';
import type { GenAiRequestFacts, GenAiResponseFacts } from './gen-ai-facts.ts';
import type { GenAiProfile } from './gen-ai-profile.ts';

/** The name that the conventions give the span of an operation: `chat large-model`. */
export function genAiSpanName({ operation, model, tool }: GenAiRequestFacts): string {
  const subject = operation === 'execute_tool' ? tool?.name : model;
  return subject === undefined ? operation : `${operation} ${subject}`;
}

/**
 * The attributes of a call that is about to be made, for the creation of its span:
 * samplers see them only then.
 *
 * They belong on the root span of the operation, and on no other: backends take
 * each span with `gen_ai.request.model` for a call to a model, count it and price
 * it, so an attempt or an HTTP request with the same attributes is paid for twice.
 */
export function genAiRequestAttributes(
  facts: GenAiRequestFacts,
  profile: GenAiProfile = '1.41',
): Attributes {
  const names = GEN_AI_ATTRIBUTES[profile];
  const { stopSequences: stop, choiceCount, tool, openai } = facts;
  const attributes: AttributeSet = {
    [names.operationName]: facts.operation,
    [names.providerName]: facts.provider,
  };
  addPresent(attributes, names.requestModel, facts.model);
  addPresent(attributes, names.requestStream, facts.stream);
  addPresent(attributes, names.requestMaxTokens, facts.maxTokens);
  addPresent(attributes, names.requestTemperature, facts.temperature);
  addPresent(attributes, names.requestTopP, facts.topP);
  addPresent(attributes, names.requestTopK, facts.topK);
  addPresent(attributes, names.requestSeed, facts.seed);
  addPresent(attributes, names.requestStopSequences, typeof stop === 'string' ? [stop] : stop);
  addPresent(attributes, names.requestFrequencyPenalty, facts.frequencyPenalty);
  addPresent(attributes, names.requestPresencePenalty, facts.presencePenalty);
  addPresent(attributes, names.requestChoiceCount, choiceCount === 1 ? undefined : choiceCount);
  addPresent(attributes, names.requestEncodingFormats, facts.encodingFormats);
  addPresent(attributes, names.embeddingsDimensionCount, facts.embeddingDimensions);
  addPresent(attributes, names.outputType, facts.outputType);
  addPresent(attributes, names.conversationId, facts.conversationId);
  addPresent(attributes, names.serverAddress, facts.serverAddress);
  addPresent(attributes, names.serverPort, facts.serverPort);
  addPresent(attributes, names.toolName, tool?.name);
  addPresent(attributes, names.toolCallId, tool?.callId);
  addPresent(attributes, names.toolType, tool?.type);
  addPresent(attributes, names.openaiApiType, openai?.apiType);
  addPresent(attributes, names.openaiRequestServiceTier, openai?.serviceTier);
  return attributes;
}

/** The attributes of a call that has been answered. For the root span of the operation only, too. */
export function genAiResponseAttributes(
  facts: GenAiResponseFacts,
  profile: GenAiProfile = '1.41',
): Attributes {
  const names = GEN_AI_ATTRIBUTES[profile];
  const { usage, openai } = facts;
  const attributes: AttributeSet = {};
  addPresent(attributes, names.responseId, facts.id);
  addPresent(attributes, names.responseModel, facts.model);
  addPresent(attributes, names.responseFinishReasons, facts.finishReasons);
  addPresent(attributes, names.conversationId, facts.conversationId);
  addPresent(attributes, names.responseTimeToFirstChunk, facts.timeToFirstChunk);
  addPresent(attributes, names.inputTokens, usage?.inputTokens);
  addPresent(attributes, names.outputTokens, usage?.outputTokens);
  addPresent(attributes, names.cacheReadInputTokens, usage?.cacheReadInputTokens);
  addPresent(attributes, names.cacheWriteInputTokens, usage?.cacheWriteInputTokens);
  addPresent(attributes, names.reasoningOutputTokens, usage?.reasoningOutputTokens);
  addPresent(attributes, names.openaiResponseServiceTier, openai?.serviceTier);
  addPresent(attributes, names.openaiSystemFingerprint, openai?.systemFingerprint);
  return attributes;
}
