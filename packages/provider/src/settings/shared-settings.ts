import {
  asDuration,
  asFlag,
  asOneOf,
  asWholeNumber,
  type SecretSetting,
  type SettingDefault,
  type ValueSetting,
} from '@integrations/config';
import type { Duration, Schema } from '@integrations/types';
import { asBaseURL } from '../base-url.ts';
import { LOGGER_LEVELS, type LoggerLevel } from '../log-level.ts';

/** What the settings of one provider have of their own. */
export interface SharedSettingsOptions {
  /** What the names of the variables begin with: `ACME` for `ACME_API_KEY`. */
  readonly prefix: string;
  /** Where the API is. */
  readonly baseURL: string;
  /** Time for one attempt. @default '60s' */
  readonly timeout?: Duration;
  /** Attempts after the first. @default 2 */
  readonly maxRetries?: number;
}

/** A setting whose schema gives a `Value`. */
interface SettingOf<Value> extends ValueSetting {
  readonly schema: Schema<Value>;
}

/** One that has a value where no source gives any. */
interface DefaultedSetting<Value> extends SettingOf<Value> {
  readonly default: SettingDefault;
}

/** The definitions of the settings that every provider has. */
export type SharedDefinitions = Readonly<{
  apiKey: SecretSetting & { readonly required: true };
  baseURL: DefaultedSetting<string>;
  timeout: DefaultedSetting<number>;
  maxRetries: DefaultedSetting<number>;
  requestsPerMinute: SettingOf<number>;
  tokensPerMinute: SettingOf<number>;
  enableTracing: DefaultedSetting<boolean>;
  enableMetrics: DefaultedSetting<boolean>;
  logLevel: SettingOf<LoggerLevel>;
  logRequests: DefaultedSetting<boolean>;
  logResponses: DefaultedSetting<boolean>;
}>;

/**
 * The settings that every provider has, to be spread into the table of one: a definition
 * that follows under the same name takes its place.
 */
export function sharedSettings(options: SharedSettingsOptions): SharedDefinitions {
  const { prefix, baseURL, timeout = '60s', maxRetries = 2 } = options;
  return {
    apiKey: {
      env: `${prefix}_API_KEY`,
      secret: true,
      required: true,
      description: 'The key; read again at every attempt',
    },
    baseURL: {
      env: `${prefix}_BASE_URL`,
      schema: asBaseURL(),
      default: baseURL,
      description: 'Where the API is, or a proxy of it',
    },
    timeout: {
      env: `${prefix}_TIMEOUT`,
      schema: asDuration(),
      unit: 's',
      default: timeout,
      description: 'Time for one attempt',
    },
    maxRetries: {
      env: `${prefix}_MAX_RETRIES`,
      schema: asWholeNumber({ min: 0 }),
      default: maxRetries,
      description: 'Attempts after the first',
    },
    requestsPerMinute: {
      env: `${prefix}_RATE_LIMIT_RPM`,
      schema: asWholeNumber({ min: 1 }),
      description: 'Requests in a minute; learned from the responses where it is not set',
    },
    tokensPerMinute: {
      env: `${prefix}_RATE_LIMIT_TPM`,
      schema: asWholeNumber({ min: 1 }),
      description: 'Tokens in a minute; learned from the responses where it is not set',
    },
    enableTracing: {
      env: `${prefix}_ENABLE_TRACING`,
      schema: asFlag(),
      default: true,
      description: 'Whether the `tracer` is used',
    },
    enableMetrics: {
      env: `${prefix}_ENABLE_METRICS`,
      schema: asFlag(),
      default: true,
      description: 'Whether the `metrics` are used',
    },
    logLevel: {
      env: `${prefix}_LOG_LEVEL`,
      schema: asOneOf(LOGGER_LEVELS),
      description: 'Finest level of log lines: error, warn, info, debug, trace, or silent',
    },
    logRequests: {
      env: `${prefix}_LOG_REQUESTS`,
      schema: asFlag(),
      default: false,
      description: 'Whether bodies of requests are logged',
    },
    logResponses: {
      env: `${prefix}_LOG_RESPONSES`,
      schema: asFlag(),
      default: false,
      description: 'Whether bodies of responses are logged',
    },
  };
}
