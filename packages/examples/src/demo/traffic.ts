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
  readonly requests: number;
  readonly retries: number;
  /** As the provider reported them. */
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Keeps the sums of a client's metrics that the demo shows. */
export class Traffic implements MetricsRecorder {
  readonly #sums = new Map<string, number>();

  get totals(): Totals {
    return {
      requests: this.#sum('openai_requests_total'),
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

  gauge(_name: string, _options?: MetricOptions): Gauge {
    return { set: () => undefined };
  }

  #sum(key: string): number {
    return this.#sums.get(key) ?? 0;
  }
}

/** Only the type of a token is told apart; endpoints, models and reasons are summed over. */
function keyOf(name: string, labels: Labels | undefined): string {
  const type = labels?.['type'];
  return type === undefined ? name : `${name} ${type}`;
}
