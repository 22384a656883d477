import { redactUrl, secretGeneration } from '@integrations/errors';

/** A client has few addresses, but for those whose paths hold ids. */
const MOST_REMEMBERED = 100;

/** Addresses as they may be recorded, remembered: to look for secrets in one takes a microsecond. */
export class RecordedUrls {
  /** Addresses that hold no secret. The others are not kept anywhere. */
  readonly #clean = new Set<string>();
  #generation: number = secretGeneration();

  /** The address without credentials and signatures. */
  of(url: string): string {
    this.#heedNewSecrets();
    if (this.#clean.has(url)) return url;
    const redacted = redactUrl(url);
    if (redacted !== url) return redacted;
    if (this.#clean.size === MOST_REMEMBERED) this.#clean.clear();
    this.#clean.add(url);
    return url;
  }

  /** A secret that is registered later may stand in an address that was clean. */
  #heedNewSecrets(): void {
    const generation = secretGeneration();
    if (generation === this.#generation) return;
    this.#clean.clear();
    this.#generation = generation;
  }
}
