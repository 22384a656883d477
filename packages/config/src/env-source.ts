import { ConfigurationError } from '@integrations/errors';
import { namesSecret } from './secret-name.ts';
import type { ConfigEntry, ConfigSource } from './source.ts';
import { inMilliseconds, type TimeUnit } from './unit.ts';
import { keyOfVariable, variableName } from './variable-name.ts';

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable of a setting. */
export interface EnvVariable {
  readonly name: string;
  /** The unit of a plain number: the setting is milliseconds. @default none: taken as it is */
  readonly unit?: TimeUnit | undefined;
  /** Whether the value is a secret. @default false */
  readonly secret?: boolean | undefined;
}

/** Which variable a key is read from. */
export type EnvMapping = Readonly<Record<string, string | EnvVariable>>;

/** Options of `fromEnv`: either a mapping or a prefix. */
export interface EnvSourceOptions {
  /** The variables. @default `process.env`, read anew each time; none where there is no `process` */
  readonly env?: Environment;
  /** The variable of each key. No other key is set. @default none */
  readonly mapping?: EnvMapping;
  /** With `OPENAI_`, the key `maxRetries` is read from `OPENAI_MAX_RETRIES`. @default none */
  readonly prefix?: string;
  /** Keys whose values are secrets, besides those that the mapping says. @default none */
  readonly secrets?: readonly string[];
}

/** The variables of the process, as they are now; none where there is no process, as in a browser. */
export function processEnvironment(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } };
  return process?.env ?? {};
}

function asVariable(variable: string | EnvVariable): EnvVariable {
  return typeof variable === 'string' ? { name: variable } : variable;
}

class EnvSource implements ConfigSource {
  readonly name = 'environment';
  readonly secrets: readonly string[];
  readonly #env: Environment | undefined;
  readonly #prefix: string | undefined;
  readonly #variables: ReadonlyMap<string, EnvVariable>;

  constructor({ env, prefix, mapping = {}, secrets = [] }: EnvSourceOptions) {
    this.#env = env;
    this.#prefix = prefix;
    this.#variables = new Map(
      Object.entries(mapping).map(([key, variable]) => [key, asVariable(variable)]),
    );
    const marked = [...this.#variables].filter(([, variable]) => variable.secret === true);
    this.secrets = [...secrets, ...marked.map(([key]) => key)];
  }

  find(key: string): ConfigEntry | undefined {
    const variable = this.#variableOf(key);
    if (variable === undefined) return undefined;
    const written = this.#read(variable.name);
    if (written === undefined) return undefined;
    return {
      value: inMilliseconds(written, variable.unit),
      origin: `environment variable ${variable.name}`,
      written,
      hidden: namesSecret(variable.name),
    };
  }

  keys(): readonly string[] {
    const keys = this.#prefix === undefined ? this.#variables.keys() : this.#prefixedKeys();
    return [...keys].filter((key) => this.find(key) !== undefined);
  }

  #variableOf(key: string): EnvVariable | undefined {
    if (this.#prefix === undefined) return this.#variables.get(key);
    return key === '' ? undefined : { name: this.#prefix + variableName(key) };
  }

  #read(name: string): string | undefined {
    const env = this.#env ?? processEnvironment();
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    return value === undefined || value.trim() === '' ? undefined : value;
  }

  #prefixedKeys(): string[] {
    const prefix = this.#prefix ?? '';
    const names = Object.keys(this.#env ?? processEnvironment());
    return names
      .filter((name) => name.startsWith(prefix) && name !== prefix)
      .map((name) => keyOfVariable(name.slice(prefix.length)));
  }
}

/**
 * Settings from environment variables. One that is empty or blank is not set. Where
 * there is no `process`, as in a browser, and no `env`, nothing is.
 *
 * @throws ConfigurationError when not exactly one of `mapping` and `prefix` is given.
 */
export function fromEnv(options: EnvSourceOptions): ConfigSource {
  if ((options.mapping === undefined) === (options.prefix === undefined)) {
    throw new ConfigurationError(
      'fromEnv() needs either a mapping of keys to variables or a prefix, and not both.',
    );
  }
  return new EnvSource(options);
}
