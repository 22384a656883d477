import { parseRateLimitHeaders } from '@integrations/rate-limits';
import type { HttpTransport } from '@integrations/types';
import { type ApiKey, createKeySource, type KeySource } from './api-key.ts';
import { checkBrowserUse } from './browser.ts';
import { type Caller, createCaller } from './caller.ts';
import { type ClientDefaults, type ClientOptions, resolveClientOptions } from './client-options.ts';
import { CARRIERS, checkCarriers, createTransport } from './client-transport.ts';
import { type Authenticate, Core } from './core.ts';
import { HeldSecrets } from './held-secrets.ts';
import type { RequestDefaults } from './http-draft.ts';
import { createProtections } from './protection.ts';
import { createProtectionState, type ProtectionState } from './protection-state.ts';
import type { ProviderProfile } from './provider-profile.ts';
import { haveSame, sharedState, type SharingClient } from './shared-state.ts';
import { Telemetry } from './telemetry/telemetry.ts';

/** What a provider's client is made from, beside the options of its user. */
export interface ClientParts {
  readonly profile: ProviderProfile;
  /** What holds where the user says nothing. */
  readonly defaults: ClientDefaults;
  /** The headers that carry a key. @default `authorization: Bearer …` */
  readonly authenticate?: Authenticate;
  /** Texts besides the key that nobody should see, such as ids of accounts. @default none */
  readonly secrets?: readonly (string | undefined)[];
  /** Where a path of the API is on this server. @default where it is below the base URL */
  readonly rewritePath?: RequestDefaults['rewritePath'];
}

/**
 * The parts of a client, joined from the options of its user: whatever they leave out
 * gets its default. A provider's client is this and its resources.
 */
export class ClientCore implements AsyncDisposable {
  /** What resources call. */
  readonly caller: Caller;
  readonly #secrets = new HeldSecrets();
  readonly #key: KeySource;
  readonly #accountTexts: readonly (string | undefined)[];
  readonly #sharing: SharingClient & { readonly state: ProtectionState };
  readonly #core: Core;

  /**
   * @param origin the client that this one is derived from. Its transport, its key and
   *   what its calls know of each other are shared, as far as the options are the same;
   *   it closes what is shared.
   * @throws ConfigurationError when an option cannot be right.
   */
  constructor(
    options: ClientOptions & { readonly apiKey: ApiKey },
    { profile, defaults, authenticate, secrets = [], rewritePath }: ClientParts,
    origin?: ClientCore,
  ) {
    checkBrowserUse(options.dangerouslyAllowBrowser);
    checkCarriers(options);
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
    const accountHeaders = Object.keys(defaults.headers);
    const client: SharingClient = { options, defaults: resolved.defaults, accountHeaders };
    const shared = origin === undefined ? {} : sharedState(origin.#sharing, client);
    const state = createProtectionState(options, clock, shared);
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
      state,
    });
    this.#sharing = { ...client, state };
    const lent = options.transport ?? this.#lentTransport(origin);
    const transport = lent ?? createTransport(options);
    // Last, for what is wrong throws before any secret is held.
    this.#key = this.#takeKey(options.apiKey, origin);
    this.#accountTexts = secrets;
    this.#holdAccountTexts(origin);
    this.#core = new Core({
      profile,
      defaults:
        rewritePath === undefined ? resolved.defaults : { ...resolved.defaults, rewritePath },
      key: this.#key,
      authenticate,
      secrets: this.#secrets,
      transport,
      ownsTransport: lent === undefined,
      protections,
      readLimits: parseRateLimitHeaders,
      telemetry,
      clock,
      streamIdleTimeoutMs,
    });
    this.caller = createCaller(this.#core.path);
    // A derived client may serve a single call, which is no event of the program's life.
    if (origin === undefined) telemetry.initialized();
  }

  /**
   * Closes idle connections and waits for those in use. A transport that was passed in,
   * or that is another client's, stays open.
   */
  async close(): Promise<void> {
    await this.#core.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The origin's, where the options ask for no other. */
  #lentTransport(origin: ClientCore | undefined): HttpTransport | undefined {
    const isLent = origin !== undefined && haveSame(CARRIERS, origin.#sharing, this.#sharing);
    return isLent ? origin.#core.path.transport : undefined;
  }

  #takeKey(apiKey: ApiKey, origin: ClientCore | undefined): KeySource {
    const isShared = origin !== undefined && haveSame(['apiKey'], origin.#sharing, this.#sharing);
    return isShared ? origin.#key : createKeySource(apiKey, this.#secrets);
  }

  /** What the origin holds stays held as long as that is open. */
  #holdAccountTexts(origin: ClientCore | undefined): void {
    const held = origin === undefined ? [] : origin.#accountTexts;
    for (const text of this.#accountTexts) {
      if (text !== undefined && !held.includes(text)) this.#secrets.hold(text);
    }
  }
}
