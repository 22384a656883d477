/** A value as a source has it. */
export interface ConfigEntry {
  /** In the setting's own terms: a source has converted the units by then. */
  readonly value: unknown;
  /** Where it comes from, for messages: `environment variable OPENAI_TIMEOUT`. */
  readonly origin: string;
  /** As it is written there, for messages. @default the value */
  readonly written?: unknown;
  /** Whether messages keep the value to themselves. @default false */
  readonly hidden?: boolean;
}

/**
 * One layer of a configuration. Synchronous, so that a client can be made without
 * waiting: fetch what is remote beforehand, and hand it over in an object or a function.
 */
export interface ConfigSource {
  /** For people: `environment`, `~/.config/mistral/config.toml`. */
  readonly name: string;
  /** Keys whose values are secrets, in every layer. @default none */
  readonly secrets?: readonly string[];
  /** What a user should know, such as a file that others can read. @default none */
  readonly warnings?: readonly string[];
  /** @throws ConfigurationError when the source cannot be read. */
  find(key: string): ConfigEntry | undefined;
  /** The keys that have a value now, as far as the source can tell. */
  keys(): readonly string[];
  /**
   * Reads again what is kept. When that fails, what was kept stays.
   *
   * @throws ConfigurationError when the source cannot be read.
   */
  reload?(): void;
}
