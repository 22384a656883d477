import { durationOption, finiteOption, wholeOption, wrongOption } from '@integrations/errors';
import type { IntegrationError } from '@integrations/errors';
import {
  type Attributes,
  type Clock,
  type Duration,
  type Logger,
  type SecretString,
  systemClock,
} from '@integrations/types';

/** Where telemetry goes. */
export type TelemetryExporter = 'otlp' | 'console' | 'none';

/** How OTLP is written. */
export type OtlpProtocol = 'http/protobuf' | 'http/json';

/** How spans are gathered before they are sent. */
export interface BatchOptions {
  /** Spans that wait at most; more are dropped. @default 2048 */
  readonly maxQueueSize?: number;
  /** Spans in one request at most. @default 512 */
  readonly maxBatchSize?: number;
  /** How long a span waits for others, in milliseconds. @default 5000 */
  readonly delay?: Duration;
}

/** Options of `startTelemetry`. */
export interface TelemetryOptions {
  /** What backends call the application. @default OTEL_SERVICE_NAME, else `unknown_service:node` */
  readonly serviceName?: string;
  /** What else is said of the process: version, environment. They win over OTEL_RESOURCE_ATTRIBUTES. @default none */
  readonly resource?: Attributes;
  /** @default 'otlp' */
  readonly exporter?: TelemetryExporter;
  /** @default OTEL_EXPORTER_OTLP_PROTOCOL if it is one of these, else 'http/protobuf' */
  readonly protocol?: OtlpProtocol;
  /**
   * The collector's address, to which `/v1/traces` and `/v1/metrics` are added.
   * @default OTEL_EXPORTER_OTLP_ENDPOINT and its like, else `http://localhost:4318`
   */
  readonly endpoint?: string;
  /** Headers for the collector, such as its key. @default OTEL_EXPORTER_OTLP_HEADERS and its like */
  readonly headers?: Readonly<Record<string, string | SecretString>>;
  /** How long one export may take in milliseconds, retries included. @default 10_000 */
  readonly exportTimeout?: Duration;
  /**
   * The share of traces to record, from 0 to 1. It is decided where a trace begins
   * and kept in everything that belongs to it.
   * @default OTEL_TRACES_SAMPLER, else 0.01 if NODE_ENV is `production`, else 1
   */
  readonly sampleRatio?: number;
  readonly batch?: BatchOptions;
  /** Whether to set up a meter too, and how often to send what it counts. @default every minute */
  readonly metrics?: false | { readonly interval?: Duration };
  /** How long `shutdown()` may take, in milliseconds. @default 5000 */
  readonly shutdownTimeout?: Duration;
  /** Signals at which to shut down, and then to go on as if nobody had listened. @default none */
  readonly shutdownOn?: readonly NodeJS.Signals[];
  /** Told of everything that fails: exports, a flush that took too long. @default a warning of the process */
  readonly onError?: (error: IntegrationError) => void;
  /** Told the same, and of what OpenTelemetry itself warns of. @default none */
  readonly logger?: Logger;
  /** @default the system's */
  readonly clock?: Clock;
}

/** The options as they are used. */
export interface TelemetrySettings {
  readonly serviceName: string | undefined;
  readonly resource: Attributes;
  readonly exporter: TelemetryExporter;
  readonly protocol: OtlpProtocol;
  readonly endpoint: string | undefined;
  readonly headers: Readonly<Record<string, string | SecretString>>;
  readonly exportTimeoutMs: number;
  /** Undefined where the environment chooses the sampler. */
  readonly sampleRatio: number | undefined;
  readonly maxQueueSize: number;
  readonly maxBatchSize: number;
  readonly batchDelayMs: number;
  /** Undefined where there are no metrics. */
  readonly metricsIntervalMs: number | undefined;
  readonly shutdownTimeoutMs: number;
  readonly shutdownOn: readonly NodeJS.Signals[];
  readonly onError: ((error: IntegrationError) => void) | undefined;
  readonly logger: Logger | undefined;
  readonly clock: Clock;
}

const EXPORTERS: readonly TelemetryExporter[] = ['otlp', 'console', 'none'];
const PROTOCOLS: readonly OtlpProtocol[] = ['http/protobuf', 'http/json'];

/** Timers take no longer delay. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function oneOf<T extends string>(option: string, allowed: readonly T[], value: T): T {
  if (allowed.includes(value)) return value;
  throw wrongOption(option, `one of ${allowed.join(', ')}`, value);
}

function timerOption(option: string, value: Duration): number {
  return durationOption(option, value, { least: 1, most: LONGEST_TIMER_MS });
}

function readEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined) return undefined;
  const isHttp = URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol);
  if (isHttp) return endpoint.replace(/\/+$/, '');
  // The value is not shown: it may hold credentials.
  throw wrongOption('endpoint', 'an http or https address', typeof endpoint);
}

function readProtocol(protocol: OtlpProtocol | undefined, env: NodeJS.ProcessEnv): OtlpProtocol {
  if (protocol !== undefined) return oneOf('protocol', PROTOCOLS, protocol);
  const wanted = env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  return PROTOCOLS.find((one) => one === wanted) ?? 'http/protobuf';
}

/** One in a hundred in production and everything elsewhere, unless somebody chose. */
function readSampleRatio(ratio: number | undefined, env: NodeJS.ProcessEnv): number | undefined {
  if (ratio !== undefined) return finiteOption('sampleRatio', ratio, { least: 0, most: 1 });
  if (env['OTEL_TRACES_SAMPLER']) return undefined;
  return env['NODE_ENV'] === 'production' ? 0.01 : 1;
}

function readBatch({ maxQueueSize = 2048, maxBatchSize = 512, delay = 5000 }: BatchOptions) {
  const queue = wholeOption('batch.maxQueueSize', maxQueueSize, { least: 1 });
  return {
    maxQueueSize: queue,
    maxBatchSize: wholeOption('batch.maxBatchSize', maxBatchSize, { least: 1, most: queue }),
    batchDelayMs: timerOption('batch.delay', delay),
  };
}

function readMetrics({ exporter, metrics }: TelemetryOptions): number | undefined {
  if (metrics === false || exporter === 'none') return undefined;
  return timerOption('metrics.interval', metrics?.interval ?? 60_000);
}

/** @throws ConfigurationError when an option cannot be right. */
export function readTelemetryOptions(
  options: TelemetryOptions,
  env: NodeJS.ProcessEnv,
): TelemetrySettings {
  const { exporter = 'otlp', exportTimeout = 10_000, shutdownTimeout = 5000 } = options;
  return {
    serviceName: options.serviceName,
    resource: options.resource ?? {},
    exporter: oneOf('exporter', EXPORTERS, exporter),
    protocol: readProtocol(options.protocol, env),
    endpoint: readEndpoint(options.endpoint),
    headers: options.headers ?? {},
    exportTimeoutMs: timerOption('exportTimeout', exportTimeout),
    sampleRatio: readSampleRatio(options.sampleRatio, env),
    ...readBatch(options.batch ?? {}),
    metricsIntervalMs: readMetrics(options),
    shutdownTimeoutMs: timerOption('shutdownTimeout', shutdownTimeout),
    shutdownOn: options.shutdownOn ?? [],
    onError: options.onError,
    logger: options.logger,
    clock: options.clock ?? systemClock,
  };
}
