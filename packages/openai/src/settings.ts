import {
  asText,
  type ConfigSource,
  type Environment,
  type SettingDefinitions,
} from '@integrations/config';
import {
  asBaseURL,
  type ClientOptions,
  type ConfiguredOptions,
  providerSettings,
  type SharedSettings,
  sharedSettings,
} from '@integrations/provider';
import type { SecretString } from '@integrations/types';
import { DEFAULTS } from './defaults.ts';

/** What only this provider has, wherever it is hosted. */
const OWN = {
  organization: { env: 'OPENAI_ORG_ID', secret: true, description: 'Organization to bill' },
  project: { env: 'OPENAI_PROJECT_ID', secret: true, description: 'Project to bill' },
  webhookSecret: {
    env: 'OPENAI_WEBHOOK_SECRET',
    secret: true,
    description: 'What webhooks are signed with',
  },
} as const satisfies SettingDefinitions;

/** What only Azure has. */
const OF_AZURE = {
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
} as const satisfies SettingDefinitions;

/** The settings of a client, and the variables that give them. */
function openAISettings() {
  const { apiKey, ...shared } = sharedSettings({ prefix: 'OPENAI', ...DEFAULTS });
  return providerSettings({ apiKey, ...OWN, ...shared });
}

/** The same where Azure is the host. What is OpenAI's own address says nothing there. */
function azureSettings() {
  const shared = sharedSettings({ prefix: 'OPENAI', ...DEFAULTS });
  const { apiKey, baseURL: _openAIAddress, ...others } = shared;
  const azureKey = { ...apiKey, env: 'AZURE_OPENAI_API_KEY' };
  return providerSettings({ apiKey: azureKey, ...OWN, ...others, ...OF_AZURE });
}

const SETTINGS = /* @__PURE__ */ openAISettings();
const AZURE_SETTINGS = /* @__PURE__ */ azureSettings();

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
  return SETTINGS.read(options);
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
  return AZURE_SETTINGS.read(options);
}

/**
 * The environment variables of the client as a source, to be layered with others in
 * its option `config`.
 *
 * @param env the variables; by default those of the process, read anew each time.
 */
export function fromOpenAIEnv(env?: Environment): ConfigSource {
  return SETTINGS.fromEnv(env);
}

/** The settings of the client as a Markdown table: names, variables, defaults. */
export function describeOpenAIConfig(): string {
  return SETTINGS.describe();
}
