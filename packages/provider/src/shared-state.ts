import type { ClientOptions } from './client-options.ts';
import type { RequestDefaults } from './http-draft.ts';
import type { ProtectionState } from './protection-state.ts';

/** A client, as far as others may share with it. */
export interface SharingClient {
  readonly options: ClientOptions;
  readonly defaults: RequestDefaults;
  /** Names of the headers that say whose account is charged. */
  readonly accountHeaders: readonly string[];
}

/** Whether two clients have the same parts: carriers of requests, keys, settings of one kind. */
export function haveSame(
  keys: readonly (keyof ClientOptions)[],
  one: SharingClient,
  other: SharingClient,
): boolean {
  return keys.every((key) => one.options[key] === other.options[key]);
}

function callOneServer(one: SharingClient, other: SharingClient): boolean {
  return one.defaults.baseURL === other.defaults.baseURL && haveSame(['clock'], one, other);
}

function chargeOneAccount(one: SharingClient, other: SharingClient): boolean {
  return (
    haveSame(['apiKey'], one, other) &&
    [...one.accountHeaders, 'authorization'].every(
      (name) => one.defaults.headers[name] === other.defaults.headers[name],
    )
  );
}

/**
 * What a client may share of another's state: breakers and places in flight where both
 * call one server with the same settings, limits where they charge one account as well.
 */
export function sharedState(
  origin: SharingClient & { readonly state: ProtectionState },
  client: SharingClient,
): Partial<ProtectionState> {
  if (!callOneServer(origin, client)) return {};
  const { budget, bulkhead, breakers, limiters } = origin.state;
  const sharesLimits = haveSame(['rateLimit'], origin, client) && chargeOneAccount(origin, client);
  return {
    ...(haveSame(['retry'], origin, client) ? { budget } : {}),
    ...(haveSame(['concurrency'], origin, client) ? { bulkhead } : {}),
    ...(haveSame(['circuitBreaker'], origin, client) ? { breakers } : {}),
    ...(sharesLimits ? { limiters } : {}),
  };
}
