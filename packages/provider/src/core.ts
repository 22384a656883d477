import { type Headers, SecretString } from '@integrations/types';
import type { KeySource } from './api-key.ts';
import type { CallerOptions } from './caller-options.ts';
import type { HeldSecrets } from './held-secrets.ts';

/** The headers that carry a key. */
export type Authenticate = (key: SecretString) => Headers;

/** What a core is joined from. */
export interface CoreParts extends Omit<CallerOptions, 'authenticate'> {
  /** Asked for the key at every attempt. */
  readonly key: KeySource;
  /** @default `authorization: Bearer …` */
  readonly authenticate?: Authenticate | undefined;
  /** Let go of when the core is closed. */
  readonly secrets: HeldSecrets;
  /** Whether the transport is closed with the core. */
  readonly ownsTransport: boolean;
}

function bearer(key: SecretString): Headers {
  return { authorization: `Bearer ${key.expose()}` };
}

/** Asks for the key at every attempt; a key that is there costs no turn of the loop. */
function authenticateWith(
  source: KeySource,
  authenticate: Authenticate,
): () => Headers | Promise<Headers> {
  return () => {
    const key = source();
    return key instanceof SecretString ? authenticate(key) : key.then(authenticate);
  };
}

/** What every client is built on: the path that its calls run through, and an end to it. */
export class Core implements AsyncDisposable {
  readonly #path: CallerOptions;
  readonly #secrets: HeldSecrets;
  readonly #ownsTransport: boolean;

  constructor({ key, authenticate = bearer, secrets, ownsTransport, ...path }: CoreParts) {
    this.#path = { ...path, authenticate: authenticateWith(key, authenticate) };
    this.#secrets = secrets;
    this.#ownsTransport = ownsTransport;
  }

  /** What calls run through; `createCaller(path)` makes calls of every kind. Printing the core does not show it. */
  get path(): CallerOptions {
    return this.#path;
  }

  /** Closes idle connections and waits for those in use. A transport of somebody else's stays open. */
  async close(): Promise<void> {
    try {
      if (this.#ownsTransport) await this.#path.transport.close?.();
    } finally {
      this.#secrets[Symbol.dispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
