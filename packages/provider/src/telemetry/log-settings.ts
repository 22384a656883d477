import type { LogFieldNames, LogLevels } from './telemetry-profile.ts';

/** How the calls of one client are logged. */
export interface LogSettings {
  readonly levels: LogLevels;
  readonly fields: LogFieldNames;
  /** Whether prompts and other bodies may be shown: their beginnings at `debug`, whole at `trace`. */
  readonly requests: boolean;
  /** The same for answers. */
  readonly responses: boolean;
}

/** Characters of a text that `debug` shows. */
const SHOWN_CHARACTERS = 80;

/** The first half of a surrogate pair, at the end of a text. */
const HALF_PAIR = /[\uD800-\uDBFF]$/;

/** The beginning of a text, with `...` where it goes on. */
export function beginning(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  return `${text.slice(0, SHOWN_CHARACTERS).replace(HALF_PAIR, '')}...`;
}
