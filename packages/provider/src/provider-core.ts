import { type ApiKey, createKeySource } from './api-key.ts';
import { checkBrowserUse } from './browser.ts';
import type { CallRunOptions } from './call-run.ts';
import { checkCarriers, createTransport } from './client-transport.ts';
import { type Authenticate, Core } from './core.ts';
import { type JsonCaller, WholeAnswerCaller } from './json-caller.ts';
import { type CoreDefaults, type CoreOptions, resolveCoreOptions } from './core-options.ts';
import { type CoreProtectionOptions, createCoreProtections } from './core-protections.ts';
import { HeldSecrets } from './held-secrets.ts';
import type { ApiProfile } from './provider-profile.ts';
import type { ClientReporter } from './telemetry/call-reporter.ts';
import { createSilentReporter } from './telemetry/silent-reporter.ts';

/** Options of a core: nothing is on but the timeout, the retries and what is passed here. */
export interface ProviderCoreOptions extends CoreOptions, CoreProtectionOptions {
  /** The key, or a function that gives it at every attempt. */
  readonly apiKey: ApiKey;
  /** Finds what a response says of the limits, such as `parseRateLimitHeaders`. @default nothing is read */
  readonly readLimits?: CallRunOptions['readLimits'];
  /** Is told of every call, such as `new Telemetry(…)`. @default nobody is */
  readonly reporter?: ClientReporter | undefined;
}

/** What a provider's core is made from, beside the options of its user. */
export interface ProviderCoreParts {
  readonly profile: ApiProfile;
  readonly defaults: CoreDefaults;
  /** @default `authorization: Bearer …` */
  readonly authenticate?: Authenticate;
  /** Texts besides the key that nobody should see, such as ids of accounts. @default none */
  readonly secrets?: readonly (string | undefined)[];
}

/** The least that calls can be made with: resources are classes over its `caller`. */
export class ProviderCore extends Core {
  /** What resources call whose answers come whole; for others see `createStreamCaller`. */
  readonly caller: JsonCaller = new WholeAnswerCaller(this.path);
}

/**
 * Makes a core: a client without resources, telemetry and configuration, for bundles
 * in which every kilobyte counts.
 *
 * @throws ConfigurationError when an option cannot be right.
 */
export function createProviderCore(
  options: ProviderCoreOptions,
  { profile, defaults, authenticate, secrets = [] }: ProviderCoreParts,
): ProviderCore {
  checkBrowserUse(options.dangerouslyAllowBrowser);
  checkCarriers(options);
  const resolved = resolveCoreOptions(options, defaults);
  const protections = createCoreProtections(options, resolved);
  const transport = options.transport ?? createTransport(options);
  // Last, for what is wrong throws before any secret is held.
  const held = new HeldSecrets();
  const key = createKeySource(options.apiKey, held);
  for (const text of secrets) if (text !== undefined) held.hold(text);
  return new ProviderCore({
    profile,
    defaults: resolved.defaults,
    key,
    authenticate,
    secrets: held,
    transport,
    ownsTransport: options.transport === undefined,
    protections,
    readLimits: options.readLimits,
    telemetry: options.reporter ?? createSilentReporter(profile.name),
    clock: resolved.clock,
    streamIdleTimeoutMs: resolved.streamIdleTimeoutMs,
  });
}
