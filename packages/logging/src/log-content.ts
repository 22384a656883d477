import { redactText, wholeOption, wrongOption } from '@integrations/errors';
import type { Fields, LogLevel } from '@integrations/types';

/** How much of what people and models say may be logged at all. */
export type ContentPolicy = 'none' | 'truncated' | 'full';

/** Options of `LogContent`. */
export interface LogContentOptions {
  /**
   * The most that any level shows: nothing, the beginnings of messages, or messages
   * and bodies in full. `full` is the opt-in, and only `trace` heeds it.
   *
   * @default 'truncated'
   */
  readonly content?: ContentPolicy;
  /** Characters that are left of a truncated text, before its `...`. @default 80 */
  readonly maxLength?: number;
}

const POLICIES: readonly ContentPolicy[] = ['none', 'truncated', 'full'];
const ELLIPSIS = '...';

/** The first half of a surrogate pair, at the end of a text. */
const HALF_PAIR = /[\uD800-\uDBFF]$/;

/**
 * The beginning of a text, with `...` where it goes on. Characters are UTF-16 units,
 * and a pair of them is never split. Clean a text before: a secret that is cut in
 * two is no longer known.
 */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return text.slice(0, maxLength).replace(HALF_PAIR, '') + ELLIPSIS;
}

/**
 * Decides by level and opt-in what a line may show of messages and bodies: nothing
 * at `info` and above, the beginnings of messages at `debug`, everything at `trace`
 * where that was asked for.
 */
export class LogContent {
  readonly #content: ContentPolicy;
  readonly #maxLength: number;

  /** @throws ConfigurationError when an option is wrong. */
  constructor({ content = 'truncated', maxLength = 80 }: LogContentOptions = {}) {
    if (!POLICIES.includes(content)) {
      throw wrongOption('content', `one of ${POLICIES.join(', ')}`, content);
    }
    this.#content = content;
    this.#maxLength = wholeOption('maxLength', maxLength, { least: 0 });
  }

  /** What a line of this level may show. */
  detailAt(level: LogLevel): ContentPolicy {
    if (this.#content === 'none' || (level !== 'debug' && level !== 'trace')) return 'none';
    return level === 'trace' ? this.#content : 'truncated';
  }

  /** What a line of this level may show of a text, clean; undefined for nothing. */
  text(level: LogLevel, text: string): string | undefined {
    const detail = this.detailAt(level);
    if (detail === 'none') return undefined;
    const clean = redactText(text);
    return detail === 'full' ? clean : truncate(clean, this.#maxLength);
  }

  /** The texts that a line of this level may show, as fields; the others are left out. */
  textFields(level: LogLevel, texts: Readonly<Record<string, string | undefined>>): Fields {
    if (this.detailAt(level) === 'none') return {};
    const shown = Object.entries(texts).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, this.text(level, text)] as const],
    );
    return Object.fromEntries(shown);
  }

  /**
   * The bodies of requests and responses that a line of this level may show, as
   * fields: all at `trace` with `full`, otherwise none. The logger cleans them.
   */
  bodyFields(level: LogLevel, bodies: Fields): Fields {
    return this.detailAt(level) === 'full' ? bodies : {};
  }
}
