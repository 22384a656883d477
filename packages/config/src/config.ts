import { ConfigurationError } from '@integrations/errors';
import {
  type ConfigProvider,
  type Logger,
  noopLogger,
  type Schema,
  SecretString,
} from '@integrations/types';
import type { ConfigReport } from './config-report.ts';
import { describeSources } from './describe-sources.ts';
import { refusedValue } from './refused-value.ts';
import { namesSecret } from './secret-name.ts';
import { secretValue } from './secret-value.ts';
import type { ConfigEntry, ConfigSource } from './source.ts';

/** Options of `createConfig`. */
export interface ConfigOptions {
  /** Keys whose values are secrets, besides those that the sources say. @default none */
  readonly secrets?: readonly string[];
  /** Told of each warning once. @default discards: the warnings are in `warnings` and `describe()` */
  readonly logger?: Logger;
}

/** A configuration made of layers. The first source that has a key gives its value. */
export interface Config extends ConfigProvider {
  /**
   * What the schema makes of a value; a marked secret is given to it as a `SecretString`.
   *
   * @throws ConfigurationError when the schema refuses the value, or a source cannot be read.
   */
  get<T>(key: string, schema: Schema<T>): T | undefined;
  /**
   * A value as text; numbers and booleans are written out.
   *
   * @throws ConfigurationError when it is a secret, a list or an object, or a source cannot be read.
   */
  getString(key: string): string | undefined;
  /**
   * A value as a secret, without blanks around it.
   *
   * @throws ConfigurationError when it is not text or is blank, or a source cannot be read.
   */
  getSecret(key: string): SecretString | undefined;
  /**
   * Where the value of a key comes from: `environment variable OPENAI_TIMEOUT`.
   *
   * @throws ConfigurationError when a source cannot be read.
   */
  origin(key: string): string | undefined;
  /** Everything that is set, without the secrets. Reads all sources, and never throws on their account. */
  describe(): ConfigReport;
  /** What a user should know of the sources read so far. */
  readonly warnings: readonly string[];
  /**
   * Reads files again that were read before. A file that has become wrong keeps the
   * values it had.
   *
   * @throws ConfigurationError naming every source that could not be read.
   */
  reload(): void;
}

class LayeredConfig implements Config {
  readonly #sources: readonly ConfigSource[];
  readonly #secrets: ReadonlySet<string>;
  readonly #logger: Logger;
  readonly #logged = new Set<string>();

  constructor(sources: readonly ConfigSource[], options: ConfigOptions) {
    this.#sources = [...sources];
    const marked = sources.flatMap((source) => source.secrets ?? []);
    this.#secrets = new Set([...(options.secrets ?? []), ...marked]);
    this.#logger = options.logger ?? noopLogger;
  }

  get<T>(key: string, schema: Schema<T>): T | undefined {
    const entry = this.#find(key);
    if (entry === undefined) return undefined;
    const value = this.#secrets.has(key) ? secretValue(key, entry) : entry.value;
    try {
      return schema.parse(value);
    } catch (cause) {
      throw refusedValue(key, entry, this.#isHidden(key, entry), cause);
    }
  }

  getString(key: string): string | undefined {
    const entry = this.#find(key);
    if (entry === undefined) return undefined;
    const { value, origin } = entry;
    if (this.#secrets.has(key) || value instanceof SecretString) {
      throw new ConfigurationError(
        `The setting ${key} from ${origin} is a secret: read it with getSecret().`,
        { context: { key, origin } },
      );
    }
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
      return String(value);
    }
    const cause = new TypeError('expected text, a number or a boolean');
    throw refusedValue(key, entry, this.#isHidden(key, entry), cause);
  }

  getSecret(key: string): SecretString | undefined {
    const entry = this.#find(key);
    return entry === undefined ? undefined : secretValue(key, entry);
  }

  origin(key: string): string | undefined {
    return this.#find(key)?.origin;
  }

  describe(): ConfigReport {
    const report = describeSources(this.#sources, (key, entry) => this.#isHidden(key, entry));
    this.#logWarnings();
    return { ...report, warnings: this.warnings };
  }

  get warnings(): readonly string[] {
    return this.#sources.flatMap((source) => source.warnings ?? []);
  }

  reload(): void {
    const errors = this.#sources.flatMap((source) => {
      try {
        source.reload?.();
        return [];
      } catch (error) {
        return [error];
      }
    });
    this.#logWarnings();
    if (errors.length === 0) return;
    if (errors.length === 1) throw errors[0];
    const messages = errors.map((error) => (error instanceof Error ? error.message : 'unknown'));
    throw new ConfigurationError(`Several sources could not be read: ${messages.join(' ')}`, {
      cause: new AggregateError(errors, 'several sources could not be read'),
    });
  }

  #find(key: string): ConfigEntry | undefined {
    for (const source of this.#sources) {
      const entry = source.find(key);
      this.#logWarnings();
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  #isHidden(key: string, entry: ConfigEntry): boolean {
    return (
      entry.hidden === true ||
      this.#secrets.has(key) ||
      entry.value instanceof SecretString ||
      namesSecret(key)
    );
  }

  #logWarnings(): void {
    for (const warning of this.warnings) {
      if (this.#logged.has(warning)) continue;
      this.#logged.add(warning);
      this.#logger.warn(warning);
    }
  }
}

/**
 * A configuration made of layers, the strongest first: explicit options, then the
 * environment, files, and defaults. Nothing is read before it is asked for.
 */
export function createConfig(
  sources: readonly ConfigSource[],
  options: ConfigOptions = {},
): Config {
  return new LayeredConfig(sources, options);
}
