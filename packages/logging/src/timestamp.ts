import type { Clock } from '@integrations/types';

const MS_PER_SECOND = 1000;

/**
 * Writes the time of lines: `2025-12-08T10:30:00.123Z`. To write out a whole date is dear, and
 * lines come close together: the text of a second is kept for the lines within it.
 */
export class Timestamp {
  readonly #clock: Clock;
  /** Whole seconds since the epoch, the last that was written out. */
  #second: number | undefined;
  /** Its text, up to the milliseconds. */
  #text = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The time now. @throws RangeError where the clock gives none that a date can be. */
  now(): string {
    const epoch = Math.trunc(this.#clock.epoch());
    const second = Math.floor(epoch / MS_PER_SECOND);
    if (second !== this.#second) {
      this.#text = new Date(epoch).toISOString().slice(0, -'000Z'.length);
      this.#second = second;
    }
    const milliseconds = String(epoch - second * MS_PER_SECOND).padStart(3, '0');
    return `${this.#text}${milliseconds}Z`;
  }
}
