import {
  createProviderCore,
  type ProviderCore,
  type ProviderCoreOptions,
} from '@integrations/provider';
import { API_PROFILE } from './api-profile.ts';
import { type Account, defaultsFor } from './defaults.ts';

/** Options of an OpenAI core: nothing is on but the timeout, the retries and what is passed here. */
export interface OpenAICoreOptions extends ProviderCoreOptions, Account {
  /** The organization to bill. @default the key's own */
  readonly organization?: string | undefined;
  /** The project to bill. @default the key's own */
  readonly project?: string | undefined;
}

/**
 * Makes the least that calls to the OpenAI API can be made with, for bundles in which
 * every kilobyte counts: `new Chat(core.caller)`. It reads no configuration, reports to
 * nobody, and has the protections that it is given, besides retries and timeouts.
 *
 * @throws ConfigurationError when an option cannot be right.
 */
export function createOpenAICore(options: OpenAICoreOptions): ProviderCore {
  const { organization, project } = options;
  return createProviderCore(options, {
    profile: API_PROFILE,
    defaults: defaultsFor(options),
    secrets: [organization, project],
  });
}
