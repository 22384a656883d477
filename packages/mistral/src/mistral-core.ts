import {
  createProviderCore,
  type ProviderCore,
  type ProviderCoreOptions,
} from '@integrations/provider';
import { API_PROFILE } from './api-profile.ts';
import { CORE_DEFAULTS, DEFAULTS } from './defaults.ts';

/** Options of a Mistral core: nothing is on but the timeout, the retries and what is passed here. */
export type MistralCoreOptions = ProviderCoreOptions;

/**
 * Makes the least that calls to the Mistral API can be made with, for bundles in which
 * every kilobyte counts: `new Chat(core.caller)`. It reads no configuration, reports to
 * nobody, and has the protections that it is given, besides retries and timeouts.
 *
 * @throws ConfigurationError when an option cannot be right.
 */
export function createMistralCore(options: MistralCoreOptions): ProviderCore {
  const { maxRetries = DEFAULTS.maxRetries } = options;
  return createProviderCore(
    { ...options, maxRetries },
    { profile: API_PROFILE, defaults: CORE_DEFAULTS },
  );
}
