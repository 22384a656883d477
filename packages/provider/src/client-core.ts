import { UndiciTransport } from '@integrations/transport';
import { type Headers, type HttpTransport, SecretString } from '@integrations/types';
import { type ApiKey, createKeySource, type KeySource } from './api-key.ts';
import { type Caller, createCaller } from './caller.ts';
import { type ClientDefaults, type ClientOptions, resolveClientOptions } from './client-options.ts';
import { HeldSecrets } from './held-secrets.ts';
import { createProtections } from './protection.ts';
import type { ProviderProfile } from './provider-profile.ts';
import { Telemetry } from './telemetry/telemetry.ts';

/** What a provider's client is made from, beside the options of its user. */
export interface ClientParts {
  readonly profile: ProviderProfile;
  /** What holds where the user says nothing. */
  readonly defaults: ClientDefaults;
  /** The headers that carry a key. @default `authorization: Bearer …` */
  readonly authenticate?: (key: SecretString) => Headers;
  /** Texts besides the key that nobody should see, such as ids of accounts. @default none */
  readonly secrets?: readonly (string | undefined)[];
}

function bearer(key: SecretString): Headers {
  return { authorization: `Bearer ${key.expose()}` };
}

/** Asks for the key at every attempt; a key that is there costs no turn of the loop. */
function authenticateWith(
  source: KeySource,
  authenticate: (key: SecretString) => Headers,
): () => Headers | Promise<Headers> {
  return () => {
    const key = source();
    return key instanceof SecretString ? authenticate(key) : key.then(authenticate);
  };
}

/**
 * The parts of a client, joined from the options of its user: whatever they leave out
 * gets its default. A provider's client is this and its resources.
 */
export class ClientCore implements AsyncDisposable {
  /** What resources call. */
  readonly caller: Caller;
  readonly #secrets = new HeldSecrets();
  readonly #ownTransport: HttpTransport | undefined;

  /** @throws ConfigurationError when an option cannot be right. */
  constructor(
    options: ClientOptions & { readonly apiKey: ApiKey },
    { profile, defaults, authenticate = bearer, secrets = [] }: ClientParts,
  ) {
    const resolved = resolveClientOptions(options, defaults);
    const { sinks, timeoutMs, totalTimeoutMs, streamIdleTimeoutMs } = resolved;
    const { clock, logger } = sinks;
    const telemetry = new Telemetry({
      name: profile.name,
      profile: profile.telemetry,
      sinks,
      settings: resolved.telemetry,
      baseURL: resolved.defaults.baseURL,
    });
    const protections = createProtections({
      settings: options,
      timeoutMs,
      totalTimeoutMs,
      clock,
      logger,
      modelFamily: profile.modelFamily,
      settle: profile.settle,
      onBreakerCreated: (endpoint) => telemetry.breakerCreated(endpoint),
      onBreakerChange: (endpoint, { from, to }) => telemetry.breakerChanged(endpoint, from, to),
    });
    // Last, for what is wrong throws before any secret is held.
    const key = createKeySource(options.apiKey, this.#secrets);
    for (const secret of secrets) if (secret !== undefined) this.#secrets.hold(secret);
    const transport = options.transport ?? new UndiciTransport();
    this.#ownTransport = options.transport === undefined ? transport : undefined;
    this.caller = createCaller({
      profile,
      defaults: resolved.defaults,
      authenticate: authenticateWith(key, authenticate),
      transport,
      protections,
      telemetry,
      clock,
      streamIdleTimeoutMs,
    });
    telemetry.initialized();
  }

  /** Closes idle connections and waits for those in use. A transport that was passed in stays open. */
  async close(): Promise<void> {
    try {
      await this.#ownTransport?.close?.();
    } finally {
      this.#secrets[Symbol.dispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
