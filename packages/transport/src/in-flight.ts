import { ConfigurationError } from '@integrations/errors';

/** Counts the calls under way, so that closing can wait for them. */
export class InFlight {
  #count = 0;
  #closed = false;
  #waiting: (() => void)[] = [];

  /** @throws ConfigurationError after `close()`. */
  enter(): void {
    if (this.#closed) {
      throw new ConfigurationError(
        'This transport has been closed; make another one. Nothing was sent.',
      );
    }
    this.#count += 1;
  }

  /** One more part of a call that is under way already: allowed while closing. */
  join(): void {
    this.#count += 1;
  }

  leave(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Lets no further call in and resolves when the last has left. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
