import { redactText } from '@integrations/errors';
import {
  genAiMeasurements,
  genAiMetricDefinitions,
  type GenAiProfile,
  type ServerFacts,
} from '@integrations/semantic-conventions';
import type { MetricsRecorder } from '@integrations/types';
import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import { plausibleUsage } from '../token-usage.ts';
import { declareMetrics, type MetricTable } from './provider-metric.ts';

/** How a call to a model went. */
export interface ModelCallTimes {
  /** Seconds from the call to its end, retries included. */
  readonly seconds: number;
  /** The error's code, if it failed. */
  readonly errorType: string | undefined;
  readonly firstChunkSeconds: number | undefined;
  /** Seconds between the later events of a stream. */
  readonly chunkSeconds: readonly number[];
}

/** The answer may be anybody's, and says what it likes. */
function asLabel(text: unknown): string | undefined {
  return typeof text === 'string' ? redactText(text) : undefined;
}

/** Records the metrics of OpenTelemetry's conventions for generative AI. */
export class GenAiMetrics {
  readonly #provider: string;
  readonly #server: ServerFacts;
  readonly #profile: GenAiProfile;
  readonly #metrics: MetricTable;
  /** Whether anybody takes them: a registry of Prometheus does not. */
  readonly isRecorded: boolean;

  constructor(
    provider: string,
    server: ServerFacts,
    profile: GenAiProfile,
    recorder: MetricsRecorder,
  ) {
    this.#provider = provider;
    this.#server = server;
    this.#profile = profile;
    this.#metrics = declareMetrics(recorder, genAiMetricDefinitions(profile));
    this.isRecorded = [...this.#metrics.values()].some((metric) => metric.isRecorded);
  }

  callEnded(request: RequestFacts, facts: AnswerFacts, times: ModelCallTimes): void {
    if (!this.isRecorded) return;
    const measurements = genAiMeasurements(
      {
        request: {
          ...request,
          ...this.#server,
          provider: this.#provider,
          model: asLabel(request.model),
        },
        response: {
          model: asLabel(facts.model),
          usage: plausibleUsage(facts.usage),
          timeToFirstChunk: times.firstChunkSeconds,
        },
        duration: times.seconds,
        timesPerOutputChunk: times.chunkSeconds,
        errorType: times.errorType,
      },
      this.#profile,
    );
    for (const { name, value, labels } of measurements) {
      this.#metrics.get(name)?.record(value, labels);
    }
  }
}
