import type { Attributes, AttributeValue } from '@integrations/types';
import type { GenAiRequestFacts, GenAiResponseFacts } from './genai-facts.ts';
import { GEN_AI_ATTRIBUTES, type GenAiProfile } from './genai-names.ts';

/** Attributes that are gathered one by one: a call has a few of very many. */
class PresentAttributes {
  readonly attributes: Record<string, AttributeValue> = {};

  add(name: string, value: AttributeValue | undefined): void {
    if (value !== undefined) this.attributes[name] = value;
  }
}

/** The name that the conventions give the span of an operation: `chat large-model`. */
export function genAiSpanName({ operation, model, tool }: GenAiRequestFacts): string {
  const subject = operation === 'execute_tool' ? tool?.name : model;
  return subject === undefined ? operation : `${operation} ${subject}`;
}

function stopSequences(
  stop: string | readonly string[] | undefined,
): readonly string[] | undefined {
  return typeof stop === 'string' ? [stop] : stop;
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
  const present = new PresentAttributes();
  present.add(names.operationName, facts.operation);
  present.add(names.providerName, facts.provider);
  present.add(names.requestModel, facts.model);
  present.add(names.requestStream, facts.stream);
  present.add(names.requestMaxTokens, facts.maxTokens);
  present.add(names.requestTemperature, facts.temperature);
  present.add(names.requestTopP, facts.topP);
  present.add(names.requestTopK, facts.topK);
  present.add(names.requestSeed, facts.seed);
  present.add(names.requestStopSequences, stopSequences(facts.stopSequences));
  present.add(names.requestFrequencyPenalty, facts.frequencyPenalty);
  present.add(names.requestPresencePenalty, facts.presencePenalty);
  present.add(names.requestChoiceCount, facts.choiceCount === 1 ? undefined : facts.choiceCount);
  present.add(names.requestEncodingFormats, facts.encodingFormats);
  present.add(names.embeddingsDimensionCount, facts.embeddingDimensions);
  present.add(names.outputType, facts.outputType);
  present.add(names.conversationId, facts.conversationId);
  present.add(names.serverAddress, facts.serverAddress);
  present.add(names.serverPort, facts.serverPort);
  present.add(names.toolName, facts.tool?.name);
  present.add(names.toolCallId, facts.tool?.callId);
  present.add(names.toolType, facts.tool?.type);
  present.add(names.openaiApiType, facts.openai?.apiType);
  present.add(names.openaiRequestServiceTier, facts.openai?.serviceTier);
  return present.attributes;
}

/** The attributes of a call that has been answered. For the root span of the operation only, too. */
export function genAiResponseAttributes(
  facts: GenAiResponseFacts,
  profile: GenAiProfile = '1.41',
): Attributes {
  const names = GEN_AI_ATTRIBUTES[profile];
  const { usage } = facts;
  const present = new PresentAttributes();
  present.add(names.responseId, facts.id);
  present.add(names.responseModel, facts.model);
  present.add(names.responseFinishReasons, facts.finishReasons);
  present.add(names.responseTimeToFirstChunk, facts.timeToFirstChunk);
  present.add(names.inputTokens, usage?.inputTokens);
  present.add(names.outputTokens, usage?.outputTokens);
  present.add(names.cacheReadInputTokens, usage?.cacheReadInputTokens);
  present.add(names.cacheWriteInputTokens, usage?.cacheWriteInputTokens);
  present.add(names.reasoningOutputTokens, usage?.reasoningOutputTokens);
  present.add(names.openaiResponseServiceTier, facts.openai?.serviceTier);
  present.add(names.openaiSystemFingerprint, facts.openai?.systemFingerprint);
  return present.attributes;
}
