import type { EnvMapping } from '@integrations/config';
import { ConfigurationError, wrongOption } from '@integrations/errors';
import type { ConfigProvider, Duration, SecretString } from '@integrations/types';
import { type ApiKey, checkKey } from './api-key.ts';
import type { ClientOptions } from './client-options.ts';
import type { LoggerLevel } from './log-level.ts';

/** The settings that mean the same to every provider, as far as they are set. */
export interface SharedSettings {
  readonly baseURL?: string | undefined;
  readonly timeout?: Duration | undefined;
  readonly maxRetries?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  /** False: the client's tracer is not used. */
  readonly enableTracing?: boolean | undefined;
  /** False: the client's metrics are not used. */
  readonly enableMetrics?: boolean | undefined;
  readonly logLevel?: LoggerLevel | undefined;
  readonly logRequests?: boolean | undefined;
  readonly logResponses?: boolean | undefined;
}

/**
 * A provider's table of settings, as `defineSettings` makes it: the shared ones under
 * their names, the secret `apiKey`, and what else the provider has.
 */
export interface SettingsTable<Values extends SharedSettings> {
  readonly environment: EnvMapping;
  readExcept(config: ConfigProvider, keys: readonly string[]): Values;
}

/** Where a client's settings come from. */
export interface ClientConfig<Values extends SharedSettings> {
  readonly table: SettingsTable<Values>;
  /** Read where the options name no other configuration. */
  readonly environment: ConfigProvider;
}

/** The options with what they left out, and the settings they were taken from. */
export interface ConfiguredOptions<Options, Values> {
  readonly options: Options & { readonly apiKey: ApiKey };
  /** Without those that the options give. */
  readonly values: Values;
}

function checkConfig(config: ConfigProvider): ConfigProvider {
  const given = config as Partial<ConfigProvider> | null;
  if (typeof given?.get === 'function' && typeof given.getSecret === 'function') return config;
  throw wrongOption('config', 'a configuration, such as createConfig() makes', config);
}

/** The settings that need not be read. */
function givenKeys(options: ClientOptions): readonly string[] {
  const given = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [key],
  );
  // The key is read on its own, at every attempt.
  given.push('apiKey');
  if (options.rateLimit !== undefined) given.push('requestsPerMinute', 'tokensPerMinute');
  return given;
}

/** Limits that are stated; without any, they are learned from the responses. */
function statedLimits(values: SharedSettings): ClientOptions['rateLimit'] {
  const { requestsPerMinute, tokensPerMinute } = values;
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return undefined;
  return {
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
  };
}

/** Where the key is to be found, for messages. */
function keyPlace(table: SettingsTable<SharedSettings>, isEnvironment: boolean): string {
  if (!isEnvironment) return 'apiKey in a source of `config`';
  const variable = table.environment['apiKey'] ?? 'apiKey';
  return `the environment variable ${typeof variable === 'string' ? variable : variable.name}`;
}

/** Reads the key anew each time. One that is taken away later, as by a program that tidies up, stays in use. */
function configuredKey(config: ConfigProvider, place: string): () => SecretString {
  const read = (): SecretString | undefined => {
    const secret = config.getSecret('apiKey');
    return secret === undefined ? undefined : checkKey(secret, `The key from ${place}`);
  };
  const first = read();
  if (first === undefined) {
    throw new ConfigurationError(
      `There is no API key: pass the option \`apiKey\`, or set ${place}.`,
    );
  }
  let last = first;
  return () => {
    last = read() ?? last;
    return last;
  };
}

/**
 * Fills in what the options of a client leave out from its configuration: the one
 * among the options, else the environment. What the options give is not read.
 *
 * @throws ConfigurationError when there is no key, or a setting is wrong; it names
 *   every setting that is, and the place that it comes from.
 */
export function configureOptions<Options extends ClientOptions, Values extends SharedSettings>(
  options: Options,
  { table, environment }: ClientConfig<Values>,
): ConfiguredOptions<Options, Values> {
  const config = options.config === undefined ? environment : checkConfig(options.config);
  const place = keyPlace(table, config === environment);
  const values = table.readExcept(config, givenKeys(options));
  return {
    options: {
      ...options,
      apiKey: options.apiKey ?? configuredKey(config, place),
      baseURL: options.baseURL ?? values.baseURL,
      timeout: options.timeout ?? values.timeout,
      maxRetries: options.maxRetries ?? values.maxRetries,
      rateLimit: options.rateLimit ?? statedLimits(values),
      tracer: values.enableTracing === false ? undefined : options.tracer,
      metrics: values.enableMetrics === false ? undefined : options.metrics,
      logLevel: options.logLevel ?? values.logLevel,
      logRequests: options.logRequests ?? values.logRequests,
      logResponses: options.logResponses ?? values.logResponses,
    },
    values,
  };
}
