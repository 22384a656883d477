import { genAiMetricDefinitions, serverOf } from '@integrations/semantic-conventions';
import type {
  CircuitState,
  Headers,
  Logger,
  ObservedLimit,
  ObservedLimits,
} from '@integrations/types';
import { JSON_BODY } from '../body-encoding.ts';
import type { Endpoint, EndpointRequest } from '../endpoint.ts';
import { endpointOf } from '../endpoint-name.ts';
import { CallRecord } from './call-record.ts';
import type { ClientReporter } from './call-reporter.ts';
import { declareMetrics } from './provider-metric.ts';
import { ReportedCalls } from './reported-calls.ts';
import { checkSpanDetail } from './span-detail.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import { type CalledTool, runInToolSpan } from './tool-span.ts';

/** Of a limit, the part from which on it is nearly used up. */
const NEARLY_USED_UP = 0.1;

/** Models whose limits are watched: callers choose their names. */
const MOST_WATCHED = 500;

/** How a server says that an API will go: RFC 9745 and RFC 8594. */
const DEPRECATION_HEADERS = ['deprecation', 'sunset'] as const;

function isNear({ limit, remaining }: ObservedLimit = {}): boolean {
  if (limit === undefined || remaining === undefined || limit <= 0) return false;
  return remaining / limit < NEARLY_USED_UP;
}

/** Reports the calls of one client: spans, metrics and log lines. */
export class Telemetry implements ClientReporter {
  readonly #options: TelemetryOptions;
  #reported: ReportedCalls | undefined;

  /** @throws ConfigurationError when a setting is wrong, or a metric's name is taken. */
  constructor(options: TelemetryOptions) {
    const { profile, sinks, settings } = options;
    checkSpanDetail(settings.spanDetail);
    declareMetrics(sinks.metrics, profile.metrics);
    declareMetrics(sinks.metrics, genAiMetricDefinitions(settings.genAiProfile));
    this.#options = options;
  }

  /** The client is made. */
  initialized(): void {
    const { name: provider, sinks, baseURL } = this.#options;
    // An address takes time to read, and most clients write no such line.
    if (!sinks.logger.isLevelEnabled('info')) return;
    const { serverAddress: server } = serverOf(baseURL);
    sinks.logger.info('Client initialized', { provider, server });
  }

  /** Begins the record of one call. */
  begin<Body>(
    endpoint: Endpoint<Body>,
    { body, params = {} }: EndpointRequest<Body>,
    model: string | undefined,
  ): CallRecord {
    const { operation, method, path, describe, encoding } = endpoint;
    const calls = this.#calls();
    return new CallRecord(calls.reporting, {
      operation,
      method,
      path,
      model,
      body: (encoding ?? JSON_BODY).shown(body),
      // Callers without types may pass anything; validation tells them so.
      request: body === undefined || body === null ? undefined : describe?.(body, params),
      correlationId: calls.nextCorrelationId(),
      logger: this.#loggerOf(operation),
    });
  }

  /** Runs a tool that a model called. */
  runTool<Result>(tool: CalledTool, run: () => Result | Promise<Result>): Promise<Result> {
    return runInToolSpan(this.#calls().reporting.spans, tool, run);
  }

  /** An endpoint got a breaker of its own. */
  breakerCreated(endpoint: string): void {
    this.#calls().reporting.metrics.breakerState(endpoint, 'closed');
  }

  /** The breaker of an endpoint changed its state. */
  breakerChanged(endpoint: string, from: CircuitState, to: CircuitState): void {
    const { breakerChanged, breakerHalfOpen } = this.#options.profile.logLevels;
    const { metrics } = this.#calls().reporting;
    metrics.breakerState(endpoint, to);
    metrics.breakerTransition(from, to);
    const quiet = to === 'half_open' ? breakerHalfOpen : breakerChanged;
    this.#options.sinks.logger.log(
      to === 'open' ? 'error' : quiet,
      `Circuit breaker ${to.replace('_', '-')}`,
      { endpoint, from, to },
    );
  }

  /** A response told of the limits of a model: says so once when one is nearly used up. */
  limitsObserved(model: string | undefined, { requests, tokens }: ObservedLimits): void {
    const key = model ?? '';
    const { nearLimit } = this.#calls();
    if (!isNear(requests) && !isNear(tokens)) {
      nearLimit.delete(key);
      return;
    }
    if (nearLimit.has(key) || nearLimit.size === MOST_WATCHED) return;
    nearLimit.add(key);
    this.#options.sinks.logger.warn('Rate limit approaching', { model, requests, tokens });
  }

  /** A response may say that what was called will go: passed on once for each operation. */
  headersObserved(operation: string, headers: Headers): void {
    const told = DEPRECATION_HEADERS.find((name) => headers[name] !== undefined);
    const { deprecated } = this.#calls();
    if (told === undefined || deprecated.has(operation)) return;
    deprecated.add(operation);
    const { deprecation, sunset } = headers;
    this.#options.sinks.logger.warn('Deprecated API', { operation, deprecation, sunset });
  }

  #loggerOf(operation: string): Logger {
    const { loggers } = this.#calls();
    const service = endpointOf(operation);
    const known = loggers.get(service);
    if (known !== undefined) return known;
    const { profile, sinks } = this.#options;
    const logger = sinks.logger.child({ target: `${profile.logTarget}::${service}` });
    loggers.set(service, logger);
    return logger;
  }

  #calls(): ReportedCalls {
    this.#reported ??= new ReportedCalls(this.#options);
    return this.#reported;
  }
}
