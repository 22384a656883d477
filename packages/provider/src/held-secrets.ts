import { type ExposableSecret, registerSecret } from '@integrations/errors';

/**
 * The secrets of one client. While it holds one, that secret is kept out of errors,
 * log lines and spans by its value, whoever echoes it. Other clients that hold the
 * same secret are not affected when this one lets go.
 */
export class HeldSecrets implements Disposable {
  readonly #held = new Set<Disposable>();

  /** Holds a secret, until the result or all of them are disposed of. */
  hold(secret: string | ExposableSecret): Disposable {
    const registration = registerSecret(secret);
    const held = {
      [Symbol.dispose]: () => {
        this.#held.delete(held);
        registration[Symbol.dispose]();
      },
    };
    this.#held.add(held);
    return held;
  }

  /** Lets go of every secret. */
  [Symbol.dispose](): void {
    for (const held of this.#held) held[Symbol.dispose]();
  }
}
