import {
  asDuration,
  asNumber,
  asWholeNumber,
  type ConfigSource,
  type Environment,
  type SettingDefinitions,
  type TomlMapping,
} from '@integrations/config';
import { fromToml, xdgConfigPath } from '@integrations/config/node';
import {
  type ClientOptions,
  type ConfiguredOptions,
  providerSettings,
  type SharedSettings,
  sharedSettings,
} from '@integrations/provider';
import type { Duration } from '@integrations/types';
import { DEFAULTS } from './defaults.ts';

/** What only the file of the user says: it holds for every option that is not given. */
const OF_FILE = {
  maxAttempts: {
    toml: 'retry.max_attempts',
    schema: asWholeNumber({ min: 1 }),
    description: 'Attempts, the first included; where `maxRetries` is not set',
  },
  initialDelay: {
    toml: 'retry.initial_delay_ms',
    schema: asDuration(),
    unit: 'ms',
    description: 'The first wait between attempts',
  },
  maxDelay: {
    toml: 'retry.max_delay_ms',
    schema: asDuration(),
    unit: 'ms',
    description: 'The longest wait between attempts',
  },
  factor: {
    toml: 'retry.backoff_multiplier',
    schema: asNumber({ min: 1 }),
    description: 'How much longer each wait is than the one before',
  },
  failureThreshold: {
    toml: 'circuit_breaker.failure_threshold',
    schema: asWholeNumber({ min: 1 }),
    description: 'Failures that open a breaker',
  },
  successThreshold: {
    toml: 'circuit_breaker.success_threshold',
    schema: asWholeNumber({ min: 1 }),
    description: 'Successes that close it again',
  },
  openDuration: {
    toml: 'circuit_breaker.timeout_secs',
    schema: asDuration(),
    unit: 's',
    description: 'How long it stays open',
  },
} as const satisfies SettingDefinitions;

/** The files of a user: the key in the one that nobody else may read, everything else in the other. */
function userFiles(mapping: TomlMapping): readonly ConfigSource[] {
  return ['credentials', 'config.toml'].map((file) =>
    fromToml({ path: xdgConfigPath('mistral', file), optional: true }, { mapping }),
  );
}

/** The settings of a client, and where each is read from. */
function mistralSettings() {
  const shared = sharedSettings({ prefix: 'MISTRAL', ...DEFAULTS });
  const { apiKey, baseURL, timeout, requestsPerMinute, tokensPerMinute } = shared;
  // Without its default, which would hide what the file says of attempts.
  const { default: _three, ...maxRetries } = shared.maxRetries;
  return providerSettings(
    {
      ...shared,
      apiKey: { ...apiKey, toml: 'api_key' },
      baseURL: { ...baseURL, toml: 'client.base_url' },
      timeout: { ...timeout, env: 'MISTRAL_TIMEOUT_SECS', toml: 'client.timeout_secs' },
      maxRetries: {
        ...maxRetries,
        description: 'Attempts after the first; 3 where nothing is set',
      },
      requestsPerMinute: { ...requestsPerMinute, toml: 'rate_limit.requests_per_minute' },
      tokensPerMinute: { ...tokensPerMinute, toml: 'rate_limit.tokens_per_minute' },
      ...OF_FILE,
    },
    userFiles,
  );
}

const SETTINGS = /* @__PURE__ */ mistralSettings();

/** What only this provider has, where the options do not give it. */
export interface OwnSettings extends SharedSettings {
  readonly maxAttempts?: number | undefined;
  readonly initialDelay?: Duration | undefined;
  readonly maxDelay?: Duration | undefined;
  readonly factor?: number | undefined;
  readonly failureThreshold?: number | undefined;
  readonly successThreshold?: number | undefined;
  readonly openDuration?: Duration | undefined;
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

/**
 * The environment variables of the client as a source, to be layered with others in its
 * option `config`.
 *
 * @param env the variables; by default those of the process, read anew each time.
 */
export function fromMistralEnv(env?: Environment): ConfigSource {
  return SETTINGS.fromEnv(env);
}

/**
 * A file of settings as a source, with the sections that `~/.config/mistral/config.toml`
 * has. It is read when a client first looks for something in it.
 */
export function fromMistralFile(path: string): ConfigSource {
  return fromToml(path, { mapping: SETTINGS.file });
}

/** The settings of the client as a Markdown table: names, variables, fields of the file, defaults. */
export function describeMistralConfig(): string {
  return SETTINGS.describe();
}
