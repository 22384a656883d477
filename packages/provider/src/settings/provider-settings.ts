import {
  type ConfigSource,
  createConfig,
  defineSettings,
  describeConfig,
  type Environment,
  fromEnv,
  type SettingDefinitions,
  type SettingValues,
  type TomlMapping,
} from '@integrations/config';
import type { ConfigProvider } from '@integrations/types';
import {
  type ClientConfig,
  type ConfiguredOptions,
  configureOptions,
  type SharedSettings,
} from '../client-config.ts';
import type { ClientOptions } from '../client-options.ts';

/** The values of a provider's settings, as far as they are set. */
export type ProviderSettingValues<Definitions extends SettingDefinitions> = Partial<
  SettingValues<Definitions>
> &
  SharedSettings;

/** The files of the user that have settings, read as the mapping says. */
export type UserFiles = (mapping: TomlMapping) => readonly ConfigSource[];

const NO_FILES: UserFiles = () => [];

/** What reads the settings of a provider's clients. */
export class ProviderSettings<Definitions extends SettingDefinitions> {
  readonly #settings: ReturnType<typeof defineSettings<Definitions>>;
  readonly #files: UserFiles;
  /** Its variables are read anew each time, so that all clients can have the same. */
  #withoutFiles: ConfigProvider | undefined;

  /**
   * @param definitions the shared ones, which `sharedSettings()` gives, and the provider's own.
   * @param files what is read after the environment.
   */
  constructor(definitions: Definitions, files: UserFiles) {
    this.#settings = defineSettings(definitions);
    this.#files = files;
  }

  /**
   * Fills in what the options of a client leave out.
   *
   * @throws ConfigurationError when there is no key, or a setting is wrong.
   */
  read<Options extends ClientOptions>(
    options: Options,
  ): ConfiguredOptions<Options, ProviderSettingValues<Definitions>> {
    const table = this.#settings as ClientConfig<ProviderSettingValues<Definitions>>['table'];
    return configureOptions(options, { table, environment: this.#environment() });
  }

  /**
   * The environment variables as a source, to be layered with others.
   *
   * @param env the variables. @default those of the process, read anew each time
   */
  fromEnv(env?: Environment): ConfigSource {
    const mapping = this.#settings.environment;
    return fromEnv(env === undefined ? { mapping } : { mapping, env });
  }

  /** Where each setting stands in a file, for `fromToml`. */
  get file(): TomlMapping {
    return this.#settings.file;
  }

  #environment(): ConfigProvider {
    // Made anew for each client: what the user's files say may have changed.
    if (this.#files !== NO_FILES) return this.#layers(this.#files(this.#settings.file));
    this.#withoutFiles ??= this.#layers([]);
    return this.#withoutFiles;
  }

  #layers(files: readonly ConfigSource[]): ConfigProvider {
    return createConfig([this.fromEnv(), ...files, this.#settings.defaults]);
  }

  /** The settings as a Markdown table: names, variables, defaults. */
  describe(): string {
    return describeConfig(this.#settings.definitions);
  }
}

/**
 * Makes what reads the settings of a provider's clients from one table of definitions.
 *
 * @param files what is read after the environment. @default none
 * @throws ConfigurationError when two settings share a variable, or a default is wrong.
 */
export function providerSettings<const Definitions extends SettingDefinitions>(
  definitions: Definitions,
  files: UserFiles = NO_FILES,
): ProviderSettings<Definitions> {
  return new ProviderSettings(definitions, files);
}
