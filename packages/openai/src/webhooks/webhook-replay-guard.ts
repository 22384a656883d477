import { wholeOption } from '@integrations/errors';
import { type Clock, systemClock } from '@integrations/types';

/**
 * Knows which webhooks have come. A store that several processes share makes each of
 * them know what came to the others.
 */
export interface WebhookReplayGuard {
  /**
   * Notes that a webhook came.
   *
   * @param untilEpochMs when it may be forgotten: from then on it is too old anyway.
   * @returns whether it came for the first time.
   */
  firstSeen(id: string, untilEpochMs: number): boolean | Promise<boolean>;
}

/** How much a guard remembers. */
export interface MemoryReplayGuardOptions {
  /** How many webhooks at most; beyond that the oldest is forgotten. @default 100000 */
  readonly most?: number | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/** Knows the webhooks that came to this process. */
export class MemoryReplayGuard implements WebhookReplayGuard {
  /** In the order they came, which is about the order they are forgotten in. */
  readonly #until = new Map<string, number>();
  readonly #most: number;
  readonly #clock: Clock;

  /** @throws ConfigurationError when `most` is not a whole number above 0. */
  constructor({ most = 100_000, clock = systemClock }: MemoryReplayGuardOptions = {}) {
    this.#most = wholeOption('most', most, { least: 1 });
    this.#clock = clock;
  }

  firstSeen(id: string, untilEpochMs: number): boolean {
    const now = this.#clock.epoch();
    const known = this.#until.get(id);
    if (known !== undefined && known >= now) return false;
    this.#forget(now);
    this.#until.set(id, untilEpochMs);
    return true;
  }

  /** Makes room: what is too old goes, and the oldest if that is not enough. */
  #forget(now: number): void {
    for (const [id, until] of this.#until) {
      if (until >= now && this.#until.size < this.#most) return;
      this.#until.delete(id);
    }
  }
}
