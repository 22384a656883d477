import { processEnvironment } from '@integrations/config';
import { wrongOption } from '@integrations/errors';
import {
  GEN_AI_PROFILES,
  type GenAiProfile,
  genAiProfile,
} from '@integrations/semantic-conventions';
import type { ProxyOption } from '@integrations/transport';
import {
  type Clock,
  type ConfigProvider,
  type Logger,
  type MetricsRecorder,
  noopLogger,
  noopMetrics,
  noopTracer,
  type Tracer,
} from '@integrations/types';
import type { ApiKey } from './api-key.ts';
import { ConsoleLogger } from './console-logger.ts';
import {
  type CoreDefaults,
  type CoreOptions,
  type ResolvedCore,
  resolveCoreOptions,
} from './core-options.ts';
import { withLevel } from './levelled-logger.ts';
import { checkLogLevel, type LoggerLevel } from './log-level.ts';
import type { ResilienceClientOptions } from './resilience-options.ts';
import { checkSpanDetail, type SpanDetail } from './telemetry/span-detail.ts';
import type { TelemetrySettings, TelemetrySinks } from './telemetry/telemetry-options.ts';

/** Options that the clients of all providers share. */
export interface ClientOptions extends CoreOptions, ResilienceClientOptions {
  /** The key, or a function that gives it at every attempt. */
  readonly apiKey?: ApiKey | undefined;
  /**
   * The HTTP proxy that connections go through: its address, with credentials where it
   * wants them, or more about it. `proxyFromEnvironment()` reads it from the environment.
   * Not together with `transport` or `fetch`. @default none, whatever the environment says
   */
  readonly proxy?: ProxyOption | undefined;
  /**
   * Where settings come from that are not among the options, such as
   * `createConfig([fromToml(path)])`. @default the environment
   */
  readonly config?: ConfigProvider | undefined;
  /** @default writes nothing; with a `logLevel`, JSON lines to standard error, in a browser to the console */
  readonly logger?: Logger | undefined;
  /**
   * The finest level of log lines; `silent` for none. A `logger` writes no level that
   * it would not write without. @default with a `logger`, whatever that writes
   */
  readonly logLevel?: LoggerLevel | undefined;
  /**
   * Whether what people write is logged: bodies of requests at `trace`, their
   * beginnings at `debug`. @default false
   */
  readonly logRequests?: boolean | undefined;
  /**
   * Whether what models write is logged: bodies of responses and events of streams at
   * `trace`, the beginnings of bodies at `debug`. @default false
   */
  readonly logResponses?: boolean | undefined;
  /** @default traces nothing */
  readonly tracer?: Tracer | undefined;
  /**
   * How much of a call is traced: `minimal` is the call itself; `standard` adds what
   * its time went to, the attempts and their HTTP requests; `full` is every step.
   * @default 'standard'
   */
  readonly spanDetail?: SpanDetail | undefined;
  /** @default records nothing */
  readonly metrics?: MetricsRecorder | undefined;
  /**
   * The version of OpenTelemetry's `gen_ai.*` names on spans and metrics. @default
   * 'latest' where `OTEL_SEMCONV_STABILITY_OPT_IN` lists `gen_ai_latest_experimental`,
   * else '1.41'
   */
  readonly semanticConventions?: GenAiProfile | undefined;
}

/** What a provider gives where the user says nothing. */
export interface ClientDefaults extends CoreDefaults {
  /** The part of the program that log lines name, where they name no other. @default 'integrations' */
  readonly logTarget?: string;
}

/** Options in the form that the path of a call uses. */
export interface ResolvedOptions extends ResolvedCore {
  readonly sinks: TelemetrySinks;
  readonly telemetry: TelemetrySettings;
}

function flagOption(option: string, value: boolean): boolean {
  // The text 'false' is true to JavaScript, and would publish what people write.
  if (typeof value === 'boolean') return value;
  throw wrongOption(option, 'true or false', value);
}

function profileOption(profile: GenAiProfile): GenAiProfile {
  if (GEN_AI_PROFILES.includes(profile)) return profile;
  const known = GEN_AI_PROFILES.map((each) => `'${each}'`).join(' or ');
  throw wrongOption('semanticConventions', known, profile);
}

function resolveTelemetry(options: ClientOptions): TelemetrySettings {
  return {
    spanDetail: checkSpanDetail(options.spanDetail ?? 'standard'),
    logRequests: flagOption('logRequests', options.logRequests ?? false),
    logResponses: flagOption('logResponses', options.logResponses ?? false),
    genAiProfile: profileOption(options.semanticConventions ?? genAiProfile(processEnvironment())),
  };
}

function resolveLogger({ logger, logLevel }: ClientOptions, clock: Clock, target: string): Logger {
  if (logLevel === undefined) return logger ?? noopLogger;
  return withLevel(logger ?? new ConsoleLogger(clock, { target }), checkLogLevel(logLevel));
}

/**
 * Checks the options of a client and fills in what is missing.
 *
 * @throws ConfigurationError that names the option and what it takes.
 */
export function resolveClientOptions(
  options: ClientOptions,
  defaults: ClientDefaults,
): ResolvedOptions {
  const core = resolveCoreOptions(options, defaults);
  const { clock } = core;
  return {
    ...core,
    sinks: {
      logger: resolveLogger(options, clock, defaults.logTarget ?? 'integrations'),
      tracer: options.tracer ?? noopTracer,
      metrics: options.metrics ?? noopMetrics,
      clock,
    },
    telemetry: resolveTelemetry(options),
  };
}
