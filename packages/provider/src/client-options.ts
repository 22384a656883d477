import { ConfigurationError, durationOption } from '@integrations/errors';
import { isLoopback, type QueryParameters } from '@integrations/transport';
import {
  type Clock,
  type Duration,
  type HttpTransport,
  type Logger,
  type MetricsRecorder,
  noopLogger,
  noopMetrics,
  noopTracer,
  systemClock,
  type Tracer,
} from '@integrations/types';
import type { ApiKey } from './api-key.ts';
import type { RequestDefaults } from './http-draft.ts';
import type { ResilienceClientOptions } from './resilience-options.ts';
import type { TelemetrySinks } from './telemetry.ts';

/** Options that the clients of all providers share. */
export interface ClientOptions extends ResilienceClientOptions {
  /** The key, or a function that gives it at every attempt. */
  readonly apiKey?: ApiKey | undefined;
  /** Where the API is. `https:`, or `http:` on a loopback host. */
  readonly baseURL?: string | undefined;
  /** Time for one attempt: milliseconds or `'30s'`. For a stream: until its first event. 0 means no limit. */
  readonly timeout?: Duration | undefined;
  /** Time for all attempts together. For a stream: until its first event. 0 means no limit. @default 0 */
  readonly totalTimeout?: Duration | undefined;
  /** Longest silence between two events of a stream. 0 means no limit. @default '60s' */
  readonly streamIdleTimeout?: Duration | undefined;
  /** Carries the requests. @default an `UndiciTransport` of the client's own */
  readonly transport?: HttpTransport | undefined;
  /** @default writes nothing */
  readonly logger?: Logger | undefined;
  /** @default traces nothing */
  readonly tracer?: Tracer | undefined;
  /** @default records nothing */
  readonly metrics?: MetricsRecorder | undefined;
  /** The source of time. @default the system's clock */
  readonly clock?: Clock | undefined;
  /** Sent with every request, but for `accept` and `content-type`, which each call knows best. */
  readonly defaultHeaders?: Readonly<Record<string, string | undefined>> | undefined;
  /** Added to every address. */
  readonly defaultQuery?: QueryParameters | undefined;
}

/** What a provider gives where the user says nothing. */
export interface ClientDefaults {
  readonly baseURL: string;
  readonly timeout: Duration;
  readonly userAgent: string;
  /** Headers beside the shared ones. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Options in the form that the path of a call uses. */
export interface ResolvedOptions {
  readonly defaults: RequestDefaults;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly streamIdleTimeoutMs: number;
  readonly sinks: TelemetrySinks;
}

const STREAM_IDLE_TIMEOUT: Duration = '60s';

function checkBaseURL(baseURL: string): string {
  let url: URL;
  try {
    url = new URL(baseURL);
  } catch (cause) {
    throw new ConfigurationError(
      `\`baseURL\` must be an absolute address such as https://host/v1, but is ${JSON.stringify(baseURL)}.`,
      { cause },
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ConfigurationError(`\`baseURL\` must begin with https://, not ${url.protocol}//.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(
      '`baseURL` must not hold credentials: use `apiKey` or `defaultHeaders`.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigurationError(
      `\`baseURL\` must begin with https:// (http:// would send the key to ${url.hostname} unencrypted; it is for loopback hosts only).`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ConfigurationError('`baseURL` must have no query or fragment: use `defaultQuery`.');
  }
  // Not the text itself: it may have blanks or a line break around it.
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function lowerCaseNames(
  headers: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
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
  return {
    defaults: {
      baseURL: checkBaseURL(options.baseURL ?? defaults.baseURL),
      headers: {
        'user-agent': defaults.userAgent,
        ...lowerCaseNames(defaults.headers),
        ...lowerCaseNames(options.defaultHeaders ?? {}),
      },
      query: options.defaultQuery ?? {},
    },
    timeoutMs: durationOption('timeout', options.timeout ?? defaults.timeout),
    totalTimeoutMs: durationOption('totalTimeout', options.totalTimeout ?? 0),
    streamIdleTimeoutMs: durationOption(
      'streamIdleTimeout',
      options.streamIdleTimeout ?? STREAM_IDLE_TIMEOUT,
    ),
    sinks: {
      logger: options.logger ?? noopLogger,
      tracer: options.tracer ?? noopTracer,
      metrics: options.metrics ?? noopMetrics,
      clock: options.clock ?? systemClock,
    },
  };
}
