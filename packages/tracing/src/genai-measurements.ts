import type { Attributes } from '@integrations/types';
import type { GenAiRequestFacts, GenAiResponseFacts, GenAiUsage } from './genai-facts.ts';
import { GEN_AI_INSTRUMENTS, type GenAiInstrument } from './genai-instruments.ts';
import { GEN_AI_ATTRIBUTES, type GenAiProfile } from './genai-names.ts';

/** One value for one instrument. */
export interface GenAiMeasurement {
  readonly instrument: GenAiInstrument;
  readonly value: number;
  readonly attributes: Attributes;
}

/** One call, when it is over. */
export interface GenAiCallFacts {
  readonly request: GenAiRequestFacts;
  readonly response?: GenAiResponseFacts | undefined;
  /** Seconds from the call to its end, retries included. */
  readonly duration: number;
  /** Seconds between the later events of a stream, one for each. */
  readonly timesPerOutputChunk?: readonly number[] | undefined;
  /** The error code, if the call failed. */
  readonly errorType?: string | undefined;
}

type Measured = readonly [
  instrument: GenAiInstrument,
  value: number | undefined,
  more?: Attributes,
];

/**
 * What a call adds to the metrics of a profile, for the instruments of an
 * OpenTelemetry meter. The durations are of every call; tokens are counted where the
 * provider reported them. Values that are no number from 0 up are left out: meters
 * refuse them.
 *
 * These metrics stand beside the Prometheus ones of the clients; neither replaces
 * the other.
 */
export function genAiMeasurements(
  call: GenAiCallFacts,
  profile: GenAiProfile = '1.41',
): GenAiMeasurement[] {
  const shared = sharedAttributes(call, profile);
  const measured = profile === '1.41' ? measure1_41(call) : measureLatest(call);
  return measured.flatMap(([instrument, value, more]) =>
    isAmount(value) ? [{ instrument, value, attributes: { ...shared, ...more } }] : [],
  );
}

function isAmount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}

function sharedAttributes(
  { request, response }: GenAiCallFacts,
  profile: GenAiProfile,
): Attributes {
  const names = GEN_AI_ATTRIBUTES[profile];
  const { operation, provider, model, serverAddress, serverPort } = request;
  return {
    [names.operationName]: operation,
    [names.providerName]: provider,
    ...(model !== undefined && { [names.requestModel]: model }),
    ...(response?.model !== undefined && { [names.responseModel]: response.model }),
    ...(serverAddress !== undefined && { [names.serverAddress]: serverAddress }),
    ...(serverPort !== undefined && { [names.serverPort]: serverPort }),
  };
}

/** Only durations tell of errors: other metrics would split by what hardly ever occurs. */
function errorAttributes({ errorType }: GenAiCallFacts, profile: GenAiProfile): Attributes {
  return errorType === undefined ? {} : { [GEN_AI_ATTRIBUTES[profile].errorType]: errorType };
}

function streamTimes(
  { response, timesPerOutputChunk = [] }: GenAiCallFacts,
  toFirst: GenAiInstrument,
  perChunk: GenAiInstrument,
): Measured[] {
  return [
    [toFirst, response?.timeToFirstChunk],
    ...timesPerOutputChunk.map((time): Measured => [perChunk, time]),
  ];
}

function measure1_41(call: GenAiCallFacts): Measured[] {
  const instruments = GEN_AI_INSTRUMENTS['1.41'];
  const { tokenType } = GEN_AI_ATTRIBUTES['1.41'];
  const usage = call.response?.usage;
  return [
    [instruments.duration, call.duration, errorAttributes(call, '1.41')],
    ...streamTimes(call, instruments.timeToFirstChunk, instruments.timePerOutputChunk),
    [instruments.tokenUsage, usage?.inputTokens, { [tokenType]: 'input' }],
    [instruments.tokenUsage, usage?.outputTokens, { [tokenType]: 'output' }],
  ];
}

function measureLatest(call: GenAiCallFacts): Measured[] {
  const instruments = GEN_AI_INSTRUMENTS.latest;
  const errors = errorAttributes(call, 'latest');
  const usage = call.response?.usage;
  if (call.request.operation === 'embeddings') {
    return [
      [instruments.embeddingsDuration, call.duration, errors],
      [instruments.embeddingsInputTokens, usage?.inputTokens],
    ];
  }
  return [
    [instruments.inferenceDuration, call.duration, errors],
    ...streamTimes(call, instruments.timeToFirstChunk, instruments.timePerOutputChunk),
    ...tokenCounts(usage),
    ...(call.errorType === undefined ? tokenDistribution(usage) : []),
  ];
}

/** The providers tell the modalities of tokens in part, or not at all. */
const UNKNOWN_MODALITY: Attributes = { [GEN_AI_ATTRIBUTES.latest.tokenModality]: 'unknown' };

/** A call that told of no usage counts as 0, so that such calls can be seen. */
function tokenCounts(usage: GenAiUsage | undefined): Measured[] {
  const instruments = GEN_AI_INSTRUMENTS.latest;
  return [
    [instruments.inputTokens, usage?.inputTokens ?? 0, UNKNOWN_MODALITY],
    [instruments.outputTokens, usage?.outputTokens ?? 0, UNKNOWN_MODALITY],
    [instruments.cacheReadInputTokens, usage?.cacheReadInputTokens, UNKNOWN_MODALITY],
    [instruments.cacheWriteInputTokens, usage?.cacheWriteInputTokens, UNKNOWN_MODALITY],
    [instruments.reasoningOutputTokens, usage?.reasoningOutputTokens, UNKNOWN_MODALITY],
  ];
}

/** Percentiles are of calls that worked, and of whole calls: without modality. */
function tokenDistribution(usage: GenAiUsage | undefined): Measured[] {
  const instruments = GEN_AI_INSTRUMENTS.latest;
  return [
    [instruments.operationInputTokens, usage?.inputTokens],
    [instruments.operationOutputTokens, usage?.outputTokens],
  ];
}
