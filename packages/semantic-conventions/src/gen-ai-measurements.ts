import type { Labels } from '@integrations/types';
import { GEN_AI_ATTRIBUTES } from './gen-ai-attribute-names.ts';
import type { GenAiRequestFacts, GenAiResponseFacts, GenAiUsage } from './gen-ai-facts.ts';
import { type GenAiMetricDefinition, METRICS_1_41, METRICS_LATEST } from './gen-ai-metrics.ts';
import type { GenAiProfile } from './gen-ai-profile.ts';

/** One value for one metric of `genAiMetricDefinitions`. */
export interface GenAiMeasurement {
  readonly name: string;
  readonly kind: 'counter' | 'histogram';
  readonly value: number;
  readonly labels: Labels;
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

/** What the conventions call inference. */
const INFERENCE: readonly string[] = ['chat', 'text_completion', 'generate_content'];

/** Both profiles name alike what metrics are split by. */
const NAMES = GEN_AI_ATTRIBUTES['1.41'];

const INPUT: Labels = { [NAMES.tokenType]: 'input' };
const OUTPUT: Labels = { [NAMES.tokenType]: 'output' };

function subjectOf({ request, response }: GenAiCallFacts): Labels {
  const { operation, provider, model, serverAddress, serverPort } = request;
  const labels: Record<string, string> = {
    [NAMES.operationName]: operation,
    [NAMES.providerName]: provider,
  };
  if (model !== undefined) labels[NAMES.requestModel] = model;
  if (response?.model !== undefined) labels[NAMES.responseModel] = response.model;
  if (serverAddress !== undefined) labels[NAMES.serverAddress] = serverAddress;
  if (serverPort !== undefined) labels[NAMES.serverPort] = String(serverPort);
  return labels;
}

/** The measurements of one call. */
class Measurements {
  readonly list: GenAiMeasurement[] = [];
  readonly #subject: Labels;

  constructor(subject: Labels) {
    this.#subject = subject;
  }

  /** Adds a value that there is, and that a meter would not refuse. */
  add({ name, kind }: GenAiMetricDefinition, value: number | undefined, more?: Labels): void {
    if (value === undefined || !Number.isFinite(value) || value < 0) return;
    const labels = more === undefined ? this.#subject : { ...this.#subject, ...more };
    this.list.push({ name, kind, value, labels });
  }
}

/** Only durations tell of errors: other metrics would split by what hardly ever occurs. */
function errorLabels({ errorType }: GenAiCallFacts): Labels | undefined {
  return errorType === undefined ? undefined : { [NAMES.errorType]: errorType };
}

function addStreamTimes(
  measurements: Measurements,
  { response, timesPerOutputChunk = [] }: GenAiCallFacts,
  toFirst: GenAiMetricDefinition,
  perChunk: GenAiMetricDefinition,
): void {
  measurements.add(toFirst, response?.timeToFirstChunk);
  for (const time of timesPerOutputChunk) measurements.add(perChunk, time);
}

function add1_41(measurements: Measurements, call: GenAiCallFacts): void {
  const { duration, timeToFirstChunk, timePerOutputChunk, tokenUsage } = METRICS_1_41;
  const usage = call.response?.usage;
  measurements.add(duration, call.duration, errorLabels(call));
  addStreamTimes(measurements, call, timeToFirstChunk, timePerOutputChunk);
  measurements.add(tokenUsage, usage?.inputTokens, INPUT);
  measurements.add(tokenUsage, usage?.outputTokens, OUTPUT);
}

function addLatest(measurements: Measurements, call: GenAiCallFacts): void {
  const { operation } = call.request;
  if (INFERENCE.includes(operation)) {
    addInference(measurements, call);
  } else if (operation === 'embeddings') {
    const { embeddingsDuration, embeddingsInputTokens } = METRICS_LATEST;
    measurements.add(embeddingsDuration, call.duration, errorLabels(call));
    measurements.add(embeddingsInputTokens, call.response?.usage?.inputTokens);
  } else {
    measurements.add(METRICS_LATEST.otherDuration, call.duration, errorLabels(call));
  }
}

function addInference(measurements: Measurements, call: GenAiCallFacts): void {
  const { inferenceDuration, timeToFirstChunk, timePerOutputChunk } = METRICS_LATEST;
  const usage = call.response?.usage ?? {};
  measurements.add(inferenceDuration, call.duration, errorLabels(call));
  addStreamTimes(measurements, call, timeToFirstChunk, timePerOutputChunk);
  addTokenCounts(measurements, usage);
  // Percentiles are of calls that worked.
  if (call.errorType !== undefined) return;
  measurements.add(METRICS_LATEST.inferenceInputTokens, usage.inputTokens);
  measurements.add(METRICS_LATEST.inferenceOutputTokens, usage.outputTokens);
}

/** A call that told of no usage counts as 0 of unknown modality, so that such calls can be seen. */
function addTokenCounts(measurements: Measurements, usage: GenAiUsage): void {
  const add = (metric: GenAiMetricDefinition, tokens: number | undefined, least?: number): void => {
    const modality = tokens === undefined ? 'unknown' : (usage.modality ?? 'unknown');
    measurements.add(metric, tokens ?? least, { [NAMES.tokenModality]: modality });
  };
  add(METRICS_LATEST.inputTokens, usage.inputTokens, 0);
  add(METRICS_LATEST.outputTokens, usage.outputTokens, 0);
  add(METRICS_LATEST.cacheReadInputTokens, usage.cacheReadInputTokens);
  add(METRICS_LATEST.cacheWriteInputTokens, usage.cacheWriteInputTokens);
  add(METRICS_LATEST.reasoningOutputTokens, usage.reasoningOutputTokens);
}

/**
 * What a call adds to the metrics of a profile. The durations are of every call;
 * tokens are counted where the provider reported them. Values that are no number
 * from 0 up are left out: meters refuse them.
 *
 * These metrics stand beside those of `metricDefinitions`; neither replaces the other.
 */
export function genAiMeasurements(
  call: GenAiCallFacts,
  profile: GenAiProfile = '1.41',
): readonly GenAiMeasurement[] {
  const measurements = new Measurements(subjectOf(call));
  const add = profile === 'latest' ? addLatest : add1_41;
  add(measurements, call);
  return measurements.list;
}
