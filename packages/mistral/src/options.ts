import type { ApiKey, ClientOptions } from '@integrations/provider';
import type { Duration } from '@integrations/types';
import { DEFAULTS } from './defaults.ts';
import { type OwnSettings, readSettings } from './settings.ts';

/** Options of a Mistral client. */
export interface MistralClientOptions extends ClientOptions {
  /**
   * The key, or a function that gives it at every attempt. @default `MISTRAL_API_KEY`,
   * else `api_key` in `~/.config/mistral/credentials`
   */
  readonly apiKey?: ApiKey | undefined;
  /** Where the API is. @default `MISTRAL_BASE_URL`, else `https://api.mistral.ai` */
  readonly baseURL?: string | undefined;
  /**
   * Time for one attempt: milliseconds or `'30s'`. For a stream: until its first event.
   * 0 means no limit. @default `MISTRAL_TIMEOUT_SECS`, else `'120s'`
   */
  readonly timeout?: Duration | undefined;
  /** Attempts after the first. @default `MISTRAL_MAX_RETRIES`, else 3 */
  readonly maxRetries?: number | undefined;
}

/** Options as the client uses them: what the user left out comes from the configuration. */
export interface MistralSettings extends MistralClientOptions {
  readonly apiKey: ApiKey;
}

/** Members as they are where all are set. */
type WhatIsSet<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** The members that are set; undefined when none is. */
function whatIsSet<Members extends object>(members: Members): WhatIsSet<Members> | undefined {
  const set = Object.entries(members).filter(([, value]) => value !== undefined);
  return set.length === 0 ? undefined : (Object.fromEntries(set) as WhatIsSet<Members>);
}

function configuredRetries({ maxRetries, maxAttempts }: OwnSettings): number {
  if (maxRetries !== undefined) return maxRetries;
  return maxAttempts === undefined ? DEFAULTS.maxRetries : maxAttempts - 1;
}

/**
 * Fills in what the user left out from `config`, or else from the environment and the
 * files of the user.
 *
 * @throws ConfigurationError when there is no key, or a setting is wrong.
 */
export function withConfig(options: MistralClientOptions): MistralSettings {
  const { options: configured, values } = readSettings(options);
  const { initialDelay, maxDelay, factor } = values;
  const { failureThreshold, successThreshold, openDuration } = values;
  return {
    ...configured,
    maxRetries: options.maxRetries ?? configuredRetries(values),
    retry: options.retry ?? whatIsSet({ initialDelay, maxDelay, factor }),
    circuitBreaker:
      options.circuitBreaker ?? whatIsSet({ failureThreshold, successThreshold, openDuration }),
  };
}
