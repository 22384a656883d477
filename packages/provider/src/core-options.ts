import { durationOption } from '@integrations/errors';
import type { FetchFunction, QueryParameters } from '@integrations/transport';
import { type Clock, type Duration, type HttpTransport, systemClock } from '@integrations/types';
import { checkBaseURL } from './base-url.ts';
import type { RequestDefaults } from './http-draft.ts';

/** Options that a client has even where it has no telemetry and few protections. */
export interface CoreOptions {
  /** Where the API is. `https:`, or `http:` on a loopback host. */
  readonly baseURL?: string | undefined;
  /** Time for one attempt: milliseconds or `'30s'`. For a stream: until its first event. 0 means no limit. */
  readonly timeout?: Duration | undefined;
  /** Time for all attempts together. For a stream: until its first event. 0 means no limit. @default 0 */
  readonly totalTimeout?: Duration | undefined;
  /** Longest silence between two events of a stream. 0 means no limit. @default '60s' */
  readonly streamIdleTimeout?: Duration | undefined;
  /** Carries the requests. @default an `UndiciTransport` of the client's own; in a browser a `FetchTransport` */
  readonly transport?: HttpTransport | undefined;
  /** Carries the requests in place of connections of the client's own. Not together with `transport`. */
  readonly fetch?: FetchFunction | undefined;
  /**
   * Whether the client may be made in a web page, where everybody can read its key.
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** The source of time. @default the system's clock */
  readonly clock?: Clock | undefined;
  /** Sent with every request, but for `accept` and `content-type`, which each call knows best. */
  readonly defaultHeaders?: Readonly<Record<string, string | undefined>> | undefined;
  /** Added to every address. */
  readonly defaultQuery?: QueryParameters | undefined;
}

/** What a provider gives where the user says nothing. */
export interface CoreDefaults {
  readonly baseURL: string;
  readonly timeout: Duration;
  readonly userAgent: string;
  /** Headers beside the shared ones. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Options in the form that the path of a call uses. */
export interface ResolvedCore {
  readonly defaults: RequestDefaults;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly streamIdleTimeoutMs: number;
  readonly clock: Clock;
}

const STREAM_IDLE_TIMEOUT: Duration = '60s';

function lowerCaseNames(
  headers: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/**
 * Checks these options and fills in what is missing.
 *
 * @throws ConfigurationError that names the option and what it takes.
 */
export function resolveCoreOptions(options: CoreOptions, defaults: CoreDefaults): ResolvedCore {
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
    clock: options.clock ?? systemClock,
  };
}
