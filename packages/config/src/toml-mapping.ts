import type { TimeUnit } from './unit.ts';

/** The field of a file that holds a setting. */
export interface TomlField {
  /** `client.timeout_secs`, or the names one by one where a name has a dot in it. */
  readonly path: string | readonly string[];
  /** The unit of a plain number: the setting is milliseconds. @default none: taken as it is */
  readonly unit?: TimeUnit | undefined;
  /** Whether the value is a secret. @default false */
  readonly secret?: boolean | undefined;
}

/** Which field of a file a key is read from. */
export type TomlMapping = Readonly<Record<string, string | TomlField>>;
