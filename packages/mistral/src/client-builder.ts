import type { ApiKey } from '@integrations/provider';
import type {
  ConfigProvider,
  Duration,
  HttpTransport,
  Logger,
  MetricsRecorder,
  Tracer,
} from '@integrations/types';
import type { MistralClientOptions } from './options.ts';

/** Makes the client in the end. */
type CreateClient<Client> = (options: MistralClientOptions) => Client;

/**
 * Options of a client, one after the other. Every method gives a builder of its own, so
 * that one can be the beginning of several clients.
 */
export class MistralClientBuilder<Client> {
  readonly #create: CreateClient<Client>;
  readonly #options: MistralClientOptions;

  constructor(create: CreateClient<Client>, options: MistralClientOptions = {}) {
    this.#create = create;
    this.#options = options;
  }

  /** The key, or a function that gives it at every attempt. */
  apiKey(apiKey: ApiKey): MistralClientBuilder<Client> {
    return this.options({ apiKey });
  }

  /** Where the API is. */
  baseURL(baseURL: string): MistralClientBuilder<Client> {
    return this.options({ baseURL });
  }

  /** Time for one attempt: milliseconds or `'30s'`. For a stream: until its first event. */
  timeout(timeout: Duration): MistralClientBuilder<Client> {
    return this.options({ timeout });
  }

  /** Attempts after the first. */
  maxRetries(maxRetries: number): MistralClientBuilder<Client> {
    return this.options({ maxRetries });
  }

  /** Waits between attempts, an executor of one's own, or `false`. */
  retry(retry: MistralClientOptions['retry']): MistralClientBuilder<Client> {
    return this.options({ retry });
  }

  /** When calls are refused to an endpoint that keeps failing, a breaker of one's own, or `false`. */
  circuitBreaker(
    circuitBreaker: MistralClientOptions['circuitBreaker'],
  ): MistralClientBuilder<Client> {
    return this.options({ circuitBreaker });
  }

  /** What calls are kept within, a limiter of one's own, or `false`. */
  rateLimit(rateLimit: MistralClientOptions['rateLimit']): MistralClientBuilder<Client> {
    return this.options({ rateLimit });
  }

  /** What traces the calls. */
  tracer(tracer: Tracer): MistralClientBuilder<Client> {
    return this.options({ tracer });
  }

  /** What writes the log lines. */
  logger(logger: Logger): MistralClientBuilder<Client> {
    return this.options({ logger });
  }

  /** What records the metrics. */
  metrics(metrics: MetricsRecorder): MistralClientBuilder<Client> {
    return this.options({ metrics });
  }

  /** What carries the requests. */
  transport(transport: HttpTransport): MistralClientBuilder<Client> {
    return this.options({ transport });
  }

  /** Where settings come from that are not given. */
  config(config: ConfigProvider): MistralClientBuilder<Client> {
    return this.options({ config });
  }

  /** Any options; they replace those that were given before under the same names. */
  options(options: MistralClientOptions): MistralClientBuilder<Client> {
    return new MistralClientBuilder(this.#create, { ...this.#options, ...options });
  }

  /** @throws ConfigurationError when there is no key, or an option cannot be right. */
  build(): Client {
    return this.#create(this.#options);
  }
}
