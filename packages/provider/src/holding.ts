import type { AttemptContext, RateLimitPermit } from '@integrations/types';
import type { TokenUsage } from './token-usage.ts';

/** What the attempt that succeeded holds until its call is over. */
export class Holding {
  #permit: RateLimitPermit | undefined;
  #place: Disposable | undefined;

  /** The newest attempt is the one that counts. */
  attempt({ permit }: AttemptContext): void {
    this.#permit = permit;
  }

  /** The work goes on after the attempt: a stream is still to be read. */
  keep(attempt: AttemptContext): void {
    this.#place = attempt.keepOpen?.();
  }

  /**
   * The call is over. Tokens that were reserved become what was used; where that is
   * not known, for a stream that was cut, they stay as they were estimated.
   */
  settle(usage: TokenUsage | undefined): void {
    this.#place?.[Symbol.dispose]();
    if (usage === undefined) return;
    const tokens = usage.inputTokens + usage.outputTokens;
    if (Number.isSafeInteger(tokens) && tokens >= 0) this.#permit?.settle({ tokens });
  }
}
