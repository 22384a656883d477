import { ConfigurationError } from '@integrations/errors';
import type { ApiKey, ClientOptions } from '@integrations/provider';
import type { Duration } from '@integrations/types';

/** Options of an OpenAI client. */
export interface OpenAIClientOptions extends ClientOptions {
  /** The key, or a function that gives it at every attempt. @default `OPENAI_API_KEY` */
  readonly apiKey?: ApiKey | undefined;
  /** Where the API is. @default `OPENAI_BASE_URL`, else OpenAI's own */
  readonly baseURL?: string | undefined;
  /**
   * Time for one attempt: milliseconds or `'30s'`. For a stream: until its first
   * event. 0 means no limit. @default `OPENAI_TIMEOUT` (in seconds), else `'60s'`
   */
  readonly timeout?: Duration | undefined;
  /** The organization to bill. @default `OPENAI_ORG_ID` */
  readonly organization?: string | undefined;
  /** The project to bill. @default `OPENAI_PROJECT_ID` */
  readonly project?: string | undefined;
  /** Attempts after the first. @default `OPENAI_MAX_RETRIES`, else 2 */
  readonly maxRetries?: number | undefined;
}

/** Options as the client uses them: what the user left out comes from the environment. */
export interface OpenAISettings extends OpenAIClientOptions {
  readonly apiKey: ApiKey;
  readonly baseURL: string;
  readonly timeout: Duration;
}

const BASE_URL = 'https://api.openai.com/v1';
const TIMEOUT: Duration = '60s';

/** A browser has no process. */
function readVariable(name: string): string | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  const value = process?.env?.[name]?.trim();
  return value === '' ? undefined : value;
}

/** @throws ConfigurationError when the variable is set to something that is not a number of zero or more. */
function readNumber(name: string, meaning: string): number | undefined {
  const text = readVariable(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new ConfigurationError(`${name} must be ${meaning}, but is ${JSON.stringify(text)}.`);
}

function readTimeout(): Duration | undefined {
  const seconds = readNumber('OPENAI_TIMEOUT', 'a number of seconds');
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Limits that the environment states; without any, they are learned from the responses. */
function readRateLimit(): OpenAIClientOptions['rateLimit'] {
  const requestsPerMinute = readNumber('OPENAI_RATE_LIMIT_RPM', 'a number of requests per minute');
  const tokensPerMinute = readNumber('OPENAI_RATE_LIMIT_TPM', 'a number of tokens per minute');
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return undefined;
  return {
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
  };
}

/**
 * Fills in what the user left out from the environment.
 *
 * @throws ConfigurationError when there is no key.
 */
export function withEnvironment(options: OpenAIClientOptions): OpenAISettings {
  const apiKey = options.apiKey ?? readVariable('OPENAI_API_KEY');
  if (apiKey === undefined) {
    throw new ConfigurationError(
      'There is no API key: pass `apiKey` to createOpenAIClient(), or set the environment variable OPENAI_API_KEY.',
    );
  }
  return {
    ...options,
    apiKey,
    baseURL: options.baseURL ?? readVariable('OPENAI_BASE_URL') ?? BASE_URL,
    timeout: options.timeout ?? readTimeout() ?? TIMEOUT,
    organization: options.organization ?? readVariable('OPENAI_ORG_ID'),
    project: options.project ?? readVariable('OPENAI_PROJECT_ID'),
    maxRetries: options.maxRetries ?? readNumber('OPENAI_MAX_RETRIES', 'a number of retries'),
    rateLimit: options.rateLimit ?? readRateLimit(),
  };
}
