import {
  asDuration,
  asFlag,
  asOneOf,
  asText,
  asWholeNumber,
  type ConfigSource,
  createConfig,
  defineSettings,
  describeConfig,
  type Environment,
  fromEnv,
  type SettingDefinitions,
} from '@integrations/config';
import {
  asBaseURL,
  type ClientOptions,
  type ConfiguredOptions,
  configureOptions,
  LOGGER_LEVELS,
  type SharedSettings,
} from '@integrations/provider';
import type { Duration, SecretString } from '@integrations/types';

/** What holds where neither options nor configuration say anything. */
export const DEFAULTS: { readonly baseURL: string; readonly timeout: Duration } = {
  baseURL: 'https://api.openai.com/v1',
  timeout: '60s',
};

/** The settings of a client, and the variables that give them. */
const DEFINITIONS = {
  apiKey: {
    env: 'OPENAI_API_KEY',
    secret: true,
    required: true,
    description: 'The key; read again at every attempt',
  },
  organization: { env: 'OPENAI_ORG_ID', secret: true, description: 'Organization to bill' },
  project: { env: 'OPENAI_PROJECT_ID', secret: true, description: 'Project to bill' },
  webhookSecret: {
    env: 'OPENAI_WEBHOOK_SECRET',
    secret: true,
    description: 'What webhooks are signed with',
  },
  baseURL: {
    env: 'OPENAI_BASE_URL',
    schema: asBaseURL(),
    default: DEFAULTS.baseURL,
    description: 'Where the API is, or a proxy of it',
  },
  timeout: {
    env: 'OPENAI_TIMEOUT',
    schema: asDuration(),
    unit: 's',
    default: DEFAULTS.timeout,
    description: 'Time for one attempt',
  },
  maxRetries: {
    env: 'OPENAI_MAX_RETRIES',
    schema: asWholeNumber({ min: 0 }),
    default: 2,
    description: 'Attempts after the first',
  },
  requestsPerMinute: {
    env: 'OPENAI_RATE_LIMIT_RPM',
    schema: asWholeNumber({ min: 1 }),
    description: 'Requests in a minute; learned from the responses where it is not set',
  },
  tokensPerMinute: {
    env: 'OPENAI_RATE_LIMIT_TPM',
    schema: asWholeNumber({ min: 1 }),
    description: 'Tokens in a minute; learned from the responses where it is not set',
  },
  enableTracing: {
    env: 'OPENAI_ENABLE_TRACING',
    schema: asFlag(),
    default: true,
    description: 'Whether the `tracer` is used',
  },
  enableMetrics: {
    env: 'OPENAI_ENABLE_METRICS',
    schema: asFlag(),
    default: true,
    description: 'Whether the `metrics` are used',
  },
  logLevel: {
    env: 'OPENAI_LOG_LEVEL',
    schema: asOneOf(LOGGER_LEVELS),
    description: 'Finest level of log lines: error, warn, info, debug, trace, or silent',
  },
  logRequests: {
    env: 'OPENAI_LOG_REQUESTS',
    schema: asFlag(),
    default: false,
    description: 'Whether bodies of requests are logged',
  },
  logResponses: {
    env: 'OPENAI_LOG_RESPONSES',
    schema: asFlag(),
    default: false,
    description: 'Whether bodies of responses are logged',
  },
} as const satisfies SettingDefinitions;

const SETTINGS = defineSettings(DEFINITIONS);

/** The same where Azure is the host. What is OpenAI's own address says nothing there. */
const { baseURL: _openAIAddress, ...SHARED_DEFINITIONS } = DEFINITIONS;

const AZURE_SETTINGS = defineSettings({
  ...SHARED_DEFINITIONS,
  apiKey: { ...DEFINITIONS.apiKey, env: 'AZURE_OPENAI_API_KEY' },
  endpoint: {
    env: 'AZURE_OPENAI_ENDPOINT',
    schema: asBaseURL(),
    description: 'Where the resource is, such as https://name.openai.azure.com',
  },
  apiVersion: {
    env: 'OPENAI_API_VERSION',
    schema: asText(),
    description: 'A dated version of the API',
  },
});

/** One for all clients: it reads the variables anew each time. */
const ENVIRONMENT = createConfig([fromOpenAIEnv(), SETTINGS.defaults]);

const AZURE_ENVIRONMENT = createConfig([
  fromEnv({ mapping: AZURE_SETTINGS.environment }),
  AZURE_SETTINGS.defaults,
]);

/** What only this provider has, where the options do not give it. */
interface OwnSettings extends SharedSettings {
  readonly organization?: SecretString | undefined;
  readonly project?: SecretString | undefined;
  readonly webhookSecret?: SecretString | undefined;
}

/**
 * Fills in what the options leave out.
 *
 * @throws ConfigurationError when there is no key, or a setting is wrong.
 */
export function readSettings<Options extends ClientOptions>(
  options: Options,
): ConfiguredOptions<Options, OwnSettings> {
  return configureOptions(options, { table: SETTINGS, environment: ENVIRONMENT });
}

/** What Azure has besides, where the options do not give it. */
interface AzureOwnSettings extends SharedSettings {
  readonly endpoint?: string | undefined;
  readonly apiVersion?: string | undefined;
}

/**
 * The same for a client of Azure.
 *
 * @throws ConfigurationError when there is no key, or a setting is wrong.
 */
export function readAzureSettings<Options extends ClientOptions>(
  options: Options,
): ConfiguredOptions<Options, AzureOwnSettings> {
  return configureOptions(options, { table: AZURE_SETTINGS, environment: AZURE_ENVIRONMENT });
}

/**
 * The environment variables of the client as a source, to be layered with others in
 * its option `config`.
 *
 * @param env the variables; by default those of the process, read anew each time.
 */
export function fromOpenAIEnv(env?: Environment): ConfigSource {
  const mapping = SETTINGS.environment;
  return fromEnv(env === undefined ? { mapping } : { mapping, env });
}

/** The settings of the client as a Markdown table: names, variables, defaults. */
export function describeOpenAIConfig(): string {
  return describeConfig(SETTINGS.definitions);
}
