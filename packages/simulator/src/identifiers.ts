import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Ids that look random, never repeat within one simulator, and are the same in every run with the same seed. */
export class Identifiers {
  readonly #seed: string;
  readonly #counters = new Map<string, number>();

  constructor(seed: number | string) {
    this.#seed = String(seed);
  }

  /** `length` letters and digits (32 at most). */
  next(kind: string, length: number): string {
    const digest = this.#digest(kind, this.#count(kind));
    return Array.from(digest.subarray(0, length), (byte) => ALPHABET[byte % ALPHABET.length]).join(
      '',
    );
  }

  /** `length` hexadecimal digits (64 at most). */
  nextHex(kind: string, length: number): string {
    return this.#digest(kind, this.#count(kind)).toString('hex').slice(0, length);
  }

  /** Hexadecimal digits that depend on the seed and `name` alone. */
  stable(kind: string, name: string, length: number): string {
    return this.#digest(kind, name).toString('hex').slice(0, length);
  }

  #count(kind: string): number {
    const count = (this.#counters.get(kind) ?? 0) + 1;
    this.#counters.set(kind, count);
    return count;
  }

  #digest(kind: string, value: number | string): Buffer {
    return createHash('sha256').update(`${this.#seed}\0${kind}\0${value}`).digest();
  }
}
