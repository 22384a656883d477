import { ClientCore } from '@integrations/provider';
import { CORE_DEFAULTS } from './defaults.ts';
import type { MistralSettings } from './options.ts';
import { PROFILE } from './profile.ts';

/** What a derived client is made on. */
export interface ClientBase {
  /** The core of a client to share with. @default none */
  readonly origin?: ClientCore | undefined;
}

/** @throws ConfigurationError when an option cannot be right. */
export function createCore(settings: MistralSettings, { origin }: ClientBase): ClientCore {
  const defaults = { ...CORE_DEFAULTS, logTarget: 'integrations_mistral' };
  return new ClientCore(settings, { profile: PROFILE, defaults }, origin);
}
