export { type Config, type ConfigOptions, createConfig } from './config.ts';
export type { ConfigReport, SettingReport } from './config-report.ts';
export { describeConfig } from './describe-config.ts';
export {
  type EnvMapping,
  type Environment,
  type EnvSourceOptions,
  type EnvVariable,
  fromEnv,
  processEnvironment,
} from './env-source.ts';
export { fromFunction, type FunctionSourceOptions } from './function-source.ts';
export { fromObject, type ObjectSourceOptions } from './object-source.ts';
export { secretSource } from './secret-source.ts';
export type {
  SecretSetting,
  SettingDefault,
  SettingDefinition,
  SettingDefinitions,
  SettingValues,
  ValueSetting,
} from './setting-definition.ts';
export { defineSettings, type Settings } from './settings.ts';
export type { ConfigEntry, ConfigSource } from './source.ts';
export type { TomlField, TomlMapping } from './toml-mapping.ts';
export type { TimeUnit } from './unit.ts';
export {
  asDuration,
  asFlag,
  asLogLevel,
  asNumber,
  asOneOf,
  asText,
  asUrl,
  asWholeNumber,
  type NumberBounds,
} from './value-schemas.ts';
