import type { MetricDefinition } from '@integrations/semantic-conventions';
import type { CircuitState, MetricsRecorder } from '@integrations/types';
import type { TokenUsage, UsageState } from '../token-usage.ts';
import { declareMetrics, type LabelFacts, ProviderMetric } from './provider-metric.ts';

/** What every metric of a call may be split by. */
export interface CallLabels {
  readonly endpoint: string;
  readonly method: string;
  readonly model: string;
}

/** How a call ended. */
export type CallStatus = 'ok' | 'cancelled' | 'error';

/** A stream that ended. */
export interface MeasuredStream {
  readonly events: number;
  /** From the call to the end of the stream. */
  readonly seconds: number;
}

const BREAKER_STATES: Readonly<Record<CircuitState, number>> = { closed: 0, open: 1, half_open: 2 };

const NO_FACTS: LabelFacts = {};

/** Records the metrics of one client, by the definitions of its provider. */
export class ProviderMetrics {
  readonly #requests: ProviderMetric;
  readonly #duration: ProviderMetric;
  readonly #requestSize: ProviderMetric;
  readonly #responseSize: ProviderMetric;
  readonly #tokens: ProviderMetric;
  readonly #tokensPerRequest: ProviderMetric;
  readonly #usage: ProviderMetric;
  readonly #errors: ProviderMetric;
  readonly #retries: ProviderMetric;
  readonly #breakerState: ProviderMetric;
  readonly #breakerTransitions: ProviderMetric;
  readonly #limitWait: ProviderMetric;
  readonly #limitRejections: ProviderMetric;
  readonly #chunks: ProviderMetric;
  readonly #firstToken: ProviderMetric;
  readonly #streamDuration: ProviderMetric;

  /** @throws what the recorder does for a name that means something else to it already. */
  constructor(
    provider: string,
    definitions: readonly MetricDefinition[],
    recorder: MetricsRecorder,
  ) {
    const table = declareMetrics(recorder, definitions);
    const metric = (name: string): ProviderMetric =>
      table.get(`${provider}_${name}`) ?? new ProviderMetric(recorder, undefined);
    this.#requests = metric('requests_total');
    this.#duration = metric('request_duration_seconds');
    this.#requestSize = metric('request_size_bytes');
    this.#responseSize = metric('response_size_bytes');
    this.#tokens = metric('tokens_total');
    this.#tokensPerRequest = metric('tokens_per_request');
    this.#usage = metric('usage_total');
    this.#errors = metric('errors_total');
    this.#retries = metric('retries_total');
    this.#breakerState = metric('circuit_breaker_state');
    this.#breakerTransitions = metric('circuit_breaker_transitions_total');
    this.#limitWait = metric('rate_limit_wait_seconds');
    this.#limitRejections = metric('rate_limit_rejections_total');
    this.#chunks = metric('stream_chunks_total');
    this.#firstToken = metric('time_to_first_token_seconds');
    this.#streamDuration = metric('stream_duration_seconds');
  }

  /** Whether the sizes of bodies are of use to anybody. */
  get recordsSizes(): boolean {
    return this.#requestSize.isRecorded;
  }

  callEnded(labels: CallLabels, status: CallStatus, seconds: number): void {
    const { endpoint, method, model } = labels;
    this.#requests.record(1, { endpoint, method, model, status });
    this.#duration.record(seconds, { endpoint, method, model });
  }

  callFailed({ endpoint }: CallLabels, code: string, status: number | undefined): void {
    const status_code = status === undefined ? 'none' : String(status);
    this.#errors.record(1, { endpoint, error_type: code, type: code, status_code });
  }

  usage({ model }: CallLabels, state: UsageState, tokens: TokenUsage | undefined): void {
    this.#usage.record(1, { model, state });
    if (tokens === undefined) return;
    const prompt = { model, type: 'prompt' };
    const completion = { model, type: 'completion' };
    this.#tokens.record(tokens.inputTokens, prompt);
    this.#tokens.record(tokens.outputTokens, completion);
    this.#tokensPerRequest.record(tokens.inputTokens, prompt);
    this.#tokensPerRequest.record(tokens.outputTokens, completion);
  }

  requestSize({ endpoint }: CallLabels, bytes: number): void {
    this.#requestSize.record(bytes, { endpoint });
  }

  responseSize({ endpoint }: CallLabels, bytes: number): void {
    this.#responseSize.record(bytes, { endpoint });
  }

  streamEnded({ model }: CallLabels, stream: MeasuredStream): void {
    this.#chunks.record(stream.events, { model });
    this.#streamDuration.record(stream.seconds, { model });
  }

  streamBegan({ model }: CallLabels, seconds: number): void {
    this.#firstToken.record(seconds, { model });
  }

  retried({ endpoint }: CallLabels, reason: string): void {
    this.#retries.record(1, { endpoint, reason });
  }

  waitedForLimit(seconds: number): void {
    this.#limitWait.record(seconds, NO_FACTS);
  }

  refusedByLimit(): void {
    this.#limitRejections.record(1, NO_FACTS);
  }

  breakerState(endpoint: string, state: CircuitState): void {
    this.#breakerState.record(BREAKER_STATES[state], { endpoint });
  }

  breakerTransition(from: CircuitState, to: CircuitState): void {
    this.#breakerTransitions.record(1, { from, to });
  }
}
