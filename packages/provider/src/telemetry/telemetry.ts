import { type GenAiProfile, serverOf } from '@integrations/semantic-conventions';
import {
  type CircuitState,
  type Clock,
  type Headers,
  type Logger,
  type MetricsRecorder,
  type ObservedLimit,
  type ObservedLimits,
  type RandomSource,
  systemRandom,
  type Tracer,
} from '@integrations/types';
import { JSON_BODY } from '../body-encoding.ts';
import type { Endpoint, EndpointRequest } from '../endpoint.ts';
import { endpointOf } from '../endpoint-name.ts';
import { type CallReporting, CallRecord } from './call-record.ts';
import type { ClientReporter } from './call-reporter.ts';
import { GenAiMetrics } from './gen-ai-metrics.ts';
import type { LogSettings } from './log-settings.ts';
import { ProviderMetrics } from './provider-metrics.ts';
import { RecordedUrls } from './recorded-urls.ts';
import { checkSpanDetail, type SpanDetail } from './span-detail.ts';
import type { TelemetryProfile } from './telemetry-profile.ts';
import { type CalledTool, runInToolSpan } from './tool-span.ts';

/** Where a client reports what it does. */
export interface TelemetrySinks {
  readonly logger: Logger;
  readonly tracer: Tracer;
  readonly metrics: MetricsRecorder;
  readonly clock: Clock;
}

/** How much a client reports. */
export interface TelemetrySettings {
  readonly spanDetail: SpanDetail;
  /** The version of the `gen_ai.*` names. */
  readonly genAiProfile: GenAiProfile;
  /** Whether bodies of requests are logged: beginnings at `debug`, whole at `trace`. */
  readonly logRequests: boolean;
  /** The same for responses. */
  readonly logResponses: boolean;
}

/** What the telemetry of one client is made from. */
export interface TelemetryOptions {
  /** Prefix of spans, metrics and messages: `openai`. */
  readonly name: string;
  readonly profile: TelemetryProfile;
  readonly sinks: TelemetrySinks;
  readonly settings: TelemetrySettings;
  readonly baseURL: string;
  /** @default systemRandom */
  readonly random?: RandomSource;
}

/** Of a limit, the part from which on it is nearly used up. */
const NEARLY_USED_UP = 0.1;

/** Models whose limits are watched: callers choose their names. */
const MOST_WATCHED = 500;

/** How a server says that an API will go: RFC 9745 and RFC 8594. */
const DEPRECATION_HEADERS = ['deprecation', 'sunset'] as const;

/** Letters and digits that tell the clients of many processes apart in logs. */
const ID_LENGTH = 8;

function clientId(random: RandomSource): string {
  return Array.from({ length: ID_LENGTH }, () => Math.floor(random() * 36).toString(36)).join('');
}

function isNear({ limit, remaining }: ObservedLimit = {}): boolean {
  if (limit === undefined || remaining === undefined || limit <= 0) return false;
  return remaining / limit < NEARLY_USED_UP;
}

/** Reports the calls of one client: spans, metrics and log lines. */
export class Telemetry implements ClientReporter {
  readonly #profile: TelemetryProfile;
  readonly #sinks: TelemetrySinks;
  readonly #reporting: CallReporting;
  readonly #loggers = new Map<string, Logger>();
  readonly #nearLimit = new Set<string>();
  readonly #deprecated = new Set<string>();
  readonly #clientId: string;
  #calls = 0;

  /** @throws ConfigurationError when a setting is wrong, or a metric's name is taken. */
  constructor(options: TelemetryOptions) {
    const { name, profile, sinks, settings, baseURL, random = systemRandom } = options;
    const { logRequests, logResponses, genAiProfile } = settings;
    const server = serverOf(baseURL);
    const log: LogSettings = {
      levels: profile.logLevels,
      fields: profile.logFields,
      requests: logRequests,
      responses: logResponses,
    };
    this.#profile = profile;
    this.#sinks = sinks;
    this.#clientId = clientId(random);
    this.#reporting = {
      provider: name,
      clock: sinks.clock,
      spans: {
        tracer: sinks.tracer,
        detail: checkSpanDetail(settings.spanDetail),
        genAiProfile,
        profile,
        server,
      },
      metrics: new ProviderMetrics(name, profile.metrics, sinks.metrics),
      genAi: new GenAiMetrics(profile.genAiProvider, server, genAiProfile, sinks.metrics),
      log,
      urls: new RecordedUrls(),
    };
  }

  /** The client is made. */
  initialized(): void {
    const { provider, spans } = this.#reporting;
    const { serverAddress } = spans.server;
    this.#sinks.logger.info('Client initialized', { provider, server: serverAddress });
  }

  /** Begins the record of one call. */
  begin<Body>(
    endpoint: Endpoint<Body>,
    { body, params = {} }: EndpointRequest<Body>,
    model: string | undefined,
  ): CallRecord {
    const { operation, method, path, describe, encoding } = endpoint;
    this.#calls += 1;
    return new CallRecord(this.#reporting, {
      operation,
      method,
      path,
      model,
      body: (encoding ?? JSON_BODY).shown(body),
      // Callers without types may pass anything; validation tells them so.
      request: body === undefined || body === null ? undefined : describe?.(body, params),
      correlationId: `${this.#clientId}-${this.#calls}`,
      logger: this.#loggerOf(operation),
    });
  }

  /** Runs a tool that a model called. */
  runTool<Result>(tool: CalledTool, run: () => Result | Promise<Result>): Promise<Result> {
    return runInToolSpan(this.#reporting.spans, tool, run);
  }

  /** An endpoint got a breaker of its own. */
  breakerCreated(endpoint: string): void {
    this.#reporting.metrics.breakerState(endpoint, 'closed');
  }

  /** The breaker of an endpoint changed its state. */
  breakerChanged(endpoint: string, from: CircuitState, to: CircuitState): void {
    const { breakerChanged, breakerHalfOpen } = this.#profile.logLevels;
    const { metrics } = this.#reporting;
    metrics.breakerState(endpoint, to);
    metrics.breakerTransition(from, to);
    const quiet = to === 'half_open' ? breakerHalfOpen : breakerChanged;
    this.#sinks.logger.log(
      to === 'open' ? 'error' : quiet,
      `Circuit breaker ${to.replace('_', '-')}`,
      { endpoint, from, to },
    );
  }

  /** A response told of the limits of a model: says so once when one is nearly used up. */
  limitsObserved(model: string | undefined, { requests, tokens }: ObservedLimits): void {
    const key = model ?? '';
    if (!isNear(requests) && !isNear(tokens)) {
      this.#nearLimit.delete(key);
      return;
    }
    if (this.#nearLimit.has(key) || this.#nearLimit.size === MOST_WATCHED) return;
    this.#nearLimit.add(key);
    this.#sinks.logger.warn('Rate limit approaching', { model, requests, tokens });
  }

  /** A response may say that what was called will go: passed on once for each operation. */
  headersObserved(operation: string, headers: Headers): void {
    const told = DEPRECATION_HEADERS.find((name) => headers[name] !== undefined);
    if (told === undefined || this.#deprecated.has(operation)) return;
    this.#deprecated.add(operation);
    const { deprecation, sunset } = headers;
    this.#sinks.logger.warn('Deprecated API', { operation, deprecation, sunset });
  }

  #loggerOf(operation: string): Logger {
    const service = endpointOf(operation);
    const known = this.#loggers.get(service);
    if (known !== undefined) return known;
    const logger = this.#sinks.logger.child({ target: `${this.#profile.logTarget}::${service}` });
    this.#loggers.set(service, logger);
    return logger;
  }
}
