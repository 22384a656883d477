import type { Schema, SecretString } from '@integrations/types';
import type { TimeUnit } from './unit.ts';

/** A default as it could be written in a source. */
export type SettingDefault = string | number | boolean | object;

/** What every setting has. */
interface SettingBase {
  /** A sentence for the documentation. */
  readonly description: string;
  /** The environment variable. @default none */
  readonly env?: string;
  /** The path in a TOML file: `client.timeout_secs`. @default none */
  readonly toml?: string;
  /** Whether it must be set. @default false */
  readonly required?: boolean;
}

/** A setting that anyone may see. */
export interface ValueSetting extends SettingBase {
  /** What makes the value, such as `asDuration()` or a schema of zod. */
  readonly schema: Schema<unknown>;
  /** The unit of plain numbers in the variable and the file; the value is milliseconds. @default none */
  readonly unit?: TimeUnit;
  /** Used where no source has a value; goes through the schema. @default none */
  readonly default?: SettingDefault;
  readonly secret?: false;
}

/** A setting that nobody may see. It is read as a `SecretString`. */
export interface SecretSetting extends SettingBase {
  readonly secret: true;
}

/** One setting. */
export type SettingDefinition = ValueSetting | SecretSetting;

/** Settings by their keys. */
export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;

type Value<Definition> = Definition extends { readonly schema: Schema<infer T> } ? T : SecretString;

type AlwaysSet = { readonly required: true } | { readonly default: SettingDefault };

/** What `read()` gives: undefined only where a setting is neither required nor has a default. */
export type SettingValues<Definitions extends SettingDefinitions> = {
  readonly [Key in keyof Definitions]: Definitions[Key] extends AlwaysSet
    ? Value<Definitions[Key]>
    : Value<Definitions[Key]> | undefined;
};
