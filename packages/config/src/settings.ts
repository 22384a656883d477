import { ConfigurationError, isIntegrationError } from '@integrations/errors';
import type { ConfigProvider } from '@integrations/types';
import type { EnvMapping } from './env-source.ts';
import { fromObject } from './object-source.ts';
import { refusedValue } from './refused-value.ts';
import { namesSecret } from './secret-name.ts';
import type {
  SettingDefinition,
  SettingDefinitions,
  SettingValues,
  ValueSetting,
} from './setting-definition.ts';
import type { ConfigSource } from './source.ts';
import type { TomlMapping } from './toml-mapping.ts';

/** What one table of definitions gives. */
export interface Settings<Definitions extends SettingDefinitions> {
  readonly definitions: Definitions;
  /** For `fromEnv({ mapping })`. */
  readonly environment: EnvMapping;
  /** For `fromToml(path, { mapping })`. */
  readonly file: TomlMapping;
  /** The keys of the secrets, for any other source. */
  readonly secrets: readonly string[];
  /** The defaults as the last layer of a configuration, so that it can tell of them. */
  readonly defaults: ConfigSource;
  /**
   * Reads and checks every setting. Settings without a value get their default.
   *
   * @throws ConfigurationError that names everything that is wrong or missing.
   */
  read(config: ConfigProvider): SettingValues<Definitions>;
  /**
   * Does the same, but for some settings, which the caller has from elsewhere: they are
   * neither read nor checked, and have no value here.
   *
   * @throws ConfigurationError that names everything that is wrong or missing.
   */
  readExcept(config: ConfigProvider, keys: readonly string[]): Partial<SettingValues<Definitions>>;
}

type Entry = readonly [key: string, definition: SettingDefinition];

function isSecret(definition: SettingDefinition): boolean {
  return definition.secret === true;
}

function unitOf(definition: SettingDefinition): ValueSetting['unit'] {
  return definition.secret === true ? undefined : definition.unit;
}

function environmentOf(entries: readonly Entry[]): EnvMapping {
  return Object.fromEntries(
    entries.flatMap(([key, definition]) => {
      if (definition.env === undefined) return [];
      const { env: name } = definition;
      return [[key, { name, unit: unitOf(definition), secret: isSecret(definition) }]];
    }),
  );
}

function fileOf(entries: readonly Entry[]): TomlMapping {
  return Object.fromEntries(
    entries.flatMap(([key, definition]) => {
      if (definition.toml === undefined) return [];
      const { toml: path } = definition;
      return [[key, { path, unit: unitOf(definition), secret: isSecret(definition) }]];
    }),
  );
}

function defaultOf(definition: SettingDefinition): unknown {
  return definition.secret === true ? undefined : definition.default;
}

function checkDefault([key, definition]: Entry): void {
  if (definition.secret === true || definition.default === undefined) return;
  try {
    definition.schema.parse(definition.default);
  } catch (cause) {
    const entry = { value: definition.default, origin: 'its default' };
    throw refusedValue(key, entry, namesSecret(key), cause);
  }
}

function checkPlaces(entries: readonly Entry[], place: 'env' | 'toml'): void {
  const owners = new Map<string, string>();
  for (const [key, definition] of entries) {
    const name = definition[place];
    if (name === undefined) continue;
    const owner = owners.get(name);
    if (owner !== undefined) {
      throw new ConfigurationError(
        `The settings ${owner} and ${key} are both read from ${name}: give one of them another ${place}.`,
      );
    }
    owners.set(name, key);
  }
}

function missing(key: string, { env, toml }: SettingDefinition): ConfigurationError {
  const places = [
    ...(env === undefined ? [] : [`the environment variable ${env}`]),
    ...(toml === undefined ? [] : [`${toml} in the configuration file`]),
  ];
  const remedy = places.length === 0 ? 'pass it as an option' : `set ${places.join(' or ')}`;
  return new ConfigurationError(`The setting ${key} is missing: ${remedy}.`, { context: { key } });
}

function readSetting(config: ConfigProvider, [key, definition]: Entry): unknown {
  const value =
    definition.secret === true ? config.getSecret(key) : config.get(key, definition.schema);
  if (value !== undefined) return value;
  if (definition.secret !== true && definition.default !== undefined) {
    return definition.schema.parse(definition.default);
  }
  if (definition.required === true) throw missing(key, definition);
  return undefined;
}

function problemText(key: string, definition: SettingDefinition, error: unknown): string {
  if (isIntegrationError(error)) return error.message;
  // Words of a provider that is not ours: they may hold the value.
  const words = !isSecret(definition) && error instanceof Error ? `: ${error.message}` : '.';
  return `The setting ${key} could not be read${words}`;
}

function failure(problems: ReadonlyMap<string, unknown>, definitions: SettingDefinitions): Error {
  const texts = [...problems].map(([key, error]) => {
    const definition = definitions[key];
    return definition === undefined ? key : problemText(key, definition, error);
  });
  // A file that cannot be read is the same problem for each of its settings.
  const different = [...new Set(texts)];
  const message =
    different.length === 1
      ? different.join('')
      : `${different.length} problems with the configuration:\n${different.map((text) => `- ${text}`).join('\n')}`;
  return new ConfigurationError(message, {
    context: { settings: [...problems.keys()].map((key) => ({ key })) },
  });
}

function readSettings(
  config: ConfigProvider,
  entries: readonly Entry[],
  definitions: SettingDefinitions,
): Readonly<Record<string, unknown>> {
  const values: [string, unknown][] = [];
  const problems = new Map<string, unknown>();
  for (const entry of entries) {
    try {
      values.push([entry[0], readSetting(config, entry)]);
    } catch (error) {
      problems.set(entry[0], error);
    }
  }
  if (problems.size > 0) throw failure(problems, definitions);
  return Object.fromEntries(values);
}

/**
 * Takes one table of settings and gives what reads them: the mappings for
 * the sources, the defaults, and a reader that checks all values at once.
 *
 * @throws ConfigurationError when two settings share a variable or a field, or a
 * default does not fit its schema.
 */
export function defineSettings<const Definitions extends SettingDefinitions>(
  definitions: Definitions,
): Settings<Definitions> {
  const entries = Object.entries<SettingDefinition>(definitions);
  checkPlaces(entries, 'env');
  checkPlaces(entries, 'toml');
  for (const entry of entries) checkDefault(entry);
  const defaults = entries.map(([key, definition]) => [key, defaultOf(definition)] as const);
  return {
    definitions,
    environment: environmentOf(entries),
    file: fileOf(entries),
    secrets: entries.filter(([, definition]) => isSecret(definition)).map(([key]) => key),
    defaults: fromObject(Object.fromEntries(defaults), { name: 'defaults' }),
    read(config) {
      return readSettings(config, entries, definitions) as SettingValues<Definitions>;
    },
    readExcept(config, keys) {
      const others = entries.filter(([key]) => !keys.includes(key));
      return readSettings(config, others, definitions) as Partial<SettingValues<Definitions>>;
    },
  };
}
