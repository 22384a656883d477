/** A setting that has a value. */
export interface SettingReport {
  readonly key: string;
  /** Where the value comes from. */
  readonly origin: string;
  /** The value, shortened; `[REDACTED]` for a secret. */
  readonly value: string;
  /** Further places that set the key, and are overridden. */
  readonly overrides: readonly string[];
}

/** What a configuration consists of. Safe to print and to log. */
export interface ConfigReport {
  /** The names of the sources, the strongest first. */
  readonly sources: readonly string[];
  /** Every setting that the sources can name, sorted by key. */
  readonly settings: readonly SettingReport[];
  /** What a user should know, such as a file that others can read. */
  readonly warnings: readonly string[];
  /** What could not be read, and why. */
  readonly problems: readonly string[];
}
