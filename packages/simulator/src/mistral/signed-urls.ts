import type { Identifiers } from '../identifiers.ts';
import { RequestRefused } from '../refusal.ts';

const HOUR_SECONDS = 3600;

/** Addresses that can be read without a key for some hours. */
export class SignedUrls {
  readonly #identifiers: Identifiers;
  readonly #now: () => number;

  /** @param now seconds since 1970 */
  constructor(identifiers: Identifiers, now: () => number) {
    this.#identifiers = identifiers;
    this.#now = now;
  }

  /** The address with what makes it good. */
  sign(url: string, hours: number): string {
    const ends = String(this.#now() + hours * HOUR_SECONDS);
    return `${url}?se=${ends}&sig=${this.#signature(url, ends)}`;
  }

  /** @throws RequestRefused 403 for an address that was not signed so, or not until now */
  check(url: string, query: URLSearchParams): void {
    const ends = query.get('se') ?? '';
    const expected = this.#signature(url, ends);
    if (query.get('sig') !== expected || Number(ends) <= this.#now())
      throw new RequestRefused({ status: 403 });
  }

  #signature(url: string, ends: string): string {
    return this.#identifiers.stable('signed_url', `${new URL(url).pathname}\0${ends}`, 32);
  }
}
