import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  Labels,
  MetricOptions,
  MetricsRecorder,
} from '@integrations/types';

/** What has gone over the wire so far. */
export interface Totals {
  /** Calls by the program, however many attempts each took; without those that a breaker refused. */
  readonly requests: number;
  readonly retries: number;
  /** As the provider reported them. */
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Told of a breaker's new state: 0 closed, 1 open, 2 half-open. */
export type BreakerListener = (endpoint: string, state: number) => void;

/** Keeps the sums of a client's metrics that the demo shows. */
export class Traffic implements MetricsRecorder {
  readonly #sums = new Map<string, number>();
  readonly #onBreaker: BreakerListener | undefined;

  constructor(onBreaker?: BreakerListener) {
    this.#onBreaker = onBreaker;
  }

  get totals(): Totals {
    return {
      requests: this.#sum('openai_requests_total') - this.#sum('openai_errors_total circuit_open'),
      retries: this.#sum('openai_retries_total'),
      promptTokens: this.#sum('openai_tokens_total prompt'),
      completionTokens: this.#sum('openai_tokens_total completion'),
    };
  }

  counter(name: string, _options?: MetricOptions): Counter {
    return {
      add: (value, labels) => {
        const key = keyOf(name, labels);
        this.#sums.set(key, this.#sum(key) + value);
      },
    };
  }

  /** The demo measures its phases itself. */
  histogram(_name: string, _options?: HistogramOptions): Histogram {
    return { observe: () => undefined };
  }

  gauge(name: string, _options?: MetricOptions): Gauge {
    const isBreaker = name === 'openai_circuit_breaker_state';
    return {
      set: (value, labels) => {
        if (isBreaker) this.#onBreaker?.(labels?.['endpoint'] ?? '', value);
      },
    };
  }

  #sum(key: string): number {
    return this.#sums.get(key) ?? 0;
  }
}

/** Only types, of tokens and of errors, are told apart; endpoints, models and reasons are summed over. */
function keyOf(name: string, labels: Labels | undefined): string {
  const type = labels?.['type'] ?? labels?.['error_type'];
  return type === undefined ? name : `${name} ${type}`;
}
