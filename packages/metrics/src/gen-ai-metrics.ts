import type { Labels, MetricsRecorder } from '@integrations/types';
import { genAiMetricDefinitions, type GenAiProfile } from './gen-ai-definitions.ts';
import type { DeclaredMetric } from './metric-definition.ts';

/** Which operation is measured. */
export interface GenAiOperation {
  /** `chat`, `text_completion`, `embeddings`, or whatever else the API offers. */
  readonly operation: string;
  /** As the conventions name it: `openai`, `mistral_ai`. */
  readonly provider: string;
  readonly requestModel?: string | undefined;
  readonly responseModel?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

/** An operation that ended; its tokens as far as the provider reported them. */
export interface GenAiOutcome extends GenAiOperation {
  /** Seconds from the call to its result, retries included. */
  readonly duration: number;
  /** Seconds from the call to its first chunk; streams only. */
  readonly timeToFirstChunk?: number | undefined;
  /** The error's code, if it failed. */
  readonly errorType?: string | undefined;
  /** Those from the cache included. */
  readonly inputTokens?: number | undefined;
  /** Those of reasoning included. */
  readonly outputTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWriteTokens?: number | undefined;
  readonly reasoningTokens?: number | undefined;
  /** Of all the tokens; `latest` only. @default 'unknown' */
  readonly modality?: 'text' | 'image' | 'audio' | 'unknown' | undefined;
}

/** Records the metrics of OpenTelemetry's conventions for generative AI. */
export interface GenAiMetrics {
  /** Once for each operation, however it ended. */
  operationEnded(outcome: GenAiOutcome): void;
  /** For each chunk of a stream after the first: the seconds since the one before. */
  chunkReceived(operation: GenAiOperation, sinceLast: number): void;
}

/** Options of `createGenAiMetrics`. */
export interface GenAiMetricsOptions {
  /** Of `createOtelMetrics`: the names hold dots, which Prometheus does not take. */
  readonly metrics: MetricsRecorder;
  /** The edition of the conventions. @default '1.41' */
  readonly profile?: GenAiProfile;
}

/** What the conventions call inference. */
const INFERENCE: readonly string[] = ['chat', 'text_completion', 'generate_content'];

function labelsOf(operation: GenAiOperation): Labels {
  const { requestModel, responseModel, serverAddress, serverPort } = operation;
  return {
    'gen_ai.operation.name': operation.operation,
    'gen_ai.provider.name': operation.provider,
    ...(requestModel === undefined ? {} : { 'gen_ai.request.model': requestModel }),
    ...(responseModel === undefined ? {} : { 'gen_ai.response.model': responseModel }),
    ...(serverAddress === undefined ? {} : { 'server.address': serverAddress }),
    ...(serverPort === undefined ? {} : { 'server.port': String(serverPort) }),
  };
}

type Write = (value: number, labels: Labels) => void;

/** The metrics of an edition, by name. */
class Instruments {
  readonly #writers = new Map<string, Write>();

  constructor(metrics: MetricsRecorder, definitions: readonly DeclaredMetric[]) {
    for (const { name, kind, help, labels, buckets } of definitions) {
      const options = { help, labelNames: labels };
      if (kind === 'counter') {
        const counter = metrics.counter(name, options);
        this.#writers.set(name, (value, given) => counter.add(value, given));
        continue;
      }
      const histogram = metrics.histogram(name, { ...options, ...(buckets && { buckets }) });
      this.#writers.set(name, (value, given) => histogram.observe(value, given));
    }
  }

  /** Records a value, if there is one. */
  record(name: string, value: number | undefined, labels: Labels): void {
    if (value !== undefined) this.#writers.get(name)?.(value, labels);
  }
}

function recordGeneral(instruments: Instruments, outcome: GenAiOutcome): void {
  const labels = labelsOf(outcome);
  const { duration, errorType, timeToFirstChunk, inputTokens, outputTokens } = outcome;
  const ended = errorType === undefined ? labels : { ...labels, 'error.type': errorType };
  instruments.record('gen_ai.client.operation.duration', duration, ended);
  instruments.record('gen_ai.client.operation.time_to_first_chunk', timeToFirstChunk, labels);
  for (const [type, tokens] of [
    ['input', inputTokens],
    ['output', outputTokens],
  ] as const) {
    const typed = { ...labels, 'gen_ai.token.type': type };
    instruments.record('gen_ai.client.token.usage', tokens, typed);
  }
}

function recordLatest(instruments: Instruments, outcome: GenAiOutcome): void {
  const labels = labelsOf(outcome);
  const { operation, duration, errorType, inputTokens } = outcome;
  const ended = errorType === undefined ? labels : { ...labels, 'error.type': errorType };
  if (INFERENCE.includes(operation)) {
    instruments.record('gen_ai.client.inference.duration', duration, ended);
    recordInference(instruments, outcome, labels);
  } else if (operation === 'embeddings') {
    instruments.record('gen_ai.client.embeddings.duration', duration, ended);
    instruments.record('gen_ai.client.embeddings.operation.input_tokens', inputTokens, labels);
  } else {
    instruments.record('gen_ai.client.operation.duration', duration, ended);
  }
}

/** An inference without usage is counted with no tokens of unknown modality: the conventions ask for it. */
function recordInference(instruments: Instruments, outcome: GenAiOutcome, labels: Labels): void {
  const { timeToFirstChunk, inputTokens, outputTokens, modality = 'unknown' } = outcome;
  const name = 'gen_ai.client.inference';
  instruments.record(`${name}.time_to_first_chunk`, timeToFirstChunk, labels);
  instruments.record(`${name}.operation.input_tokens`, inputTokens, labels);
  instruments.record(`${name}.operation.output_tokens`, outputTokens, labels);
  for (const [kind, tokens, least] of [
    ['input_tokens', inputTokens, 0],
    ['output_tokens', outputTokens, 0],
    ['cache_read.input_tokens', outcome.cacheReadTokens, undefined],
    ['cache_write.input_tokens', outcome.cacheWriteTokens, undefined],
    ['reasoning.output_tokens', outcome.reasoningTokens, undefined],
  ] as const) {
    const known = {
      ...labels,
      'gen_ai.token.modality': tokens === undefined ? 'unknown' : modality,
    };
    instruments.record(`${name}.usage.${kind}`, tokens ?? least, known);
  }
}

/**
 * Makes the metrics of the conventions from what a client knows of its calls.
 *
 * @throws ConfigurationError for an edition that is not known, or a recorder that does not
 *   take the names.
 */
export function createGenAiMetrics({
  metrics,
  profile = '1.41',
}: GenAiMetricsOptions): GenAiMetrics {
  const instruments = new Instruments(metrics, genAiMetricDefinitions(profile));
  const record = profile === 'latest' ? recordLatest : recordGeneral;
  const scope = profile === 'latest' ? 'inference' : 'operation';
  return {
    operationEnded: (outcome) => record(instruments, outcome),
    chunkReceived: (operation, sinceLast) => {
      const labels = labelsOf(operation);
      instruments.record(`gen_ai.client.${scope}.time_per_output_chunk`, sinceLast, labels);
    },
  };
}
