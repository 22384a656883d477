import { ClientCore, type ClientParts } from '@integrations/provider';
import { defaultsFor } from './defaults.ts';
import type { OpenAISettings } from './options.ts';
import { PROFILE } from './profile.ts';
import { webhookSecretTexts } from './webhooks/webhook-secret.ts';

/** What a derived client, or one of another host, is made on. */
export interface ClientBase {
  /** The core of a client to share with. @default none */
  readonly origin?: ClientCore | undefined;
  /** What is different from OpenAI's own servers. @default nothing */
  readonly host?:
    | Partial<Pick<ClientParts, 'profile' | 'authenticate' | 'rewritePath'>>
    | undefined;
}

/** @throws ConfigurationError when an option cannot be right. */
export function createCore(settings: OpenAISettings, { origin, host }: ClientBase): ClientCore {
  const { organization, project, webhookSecret } = settings;
  const parts: ClientParts = {
    profile: PROFILE,
    defaults: { ...defaultsFor(settings), logTarget: 'integrations_openai' },
    secrets: [organization, project, ...webhookSecretTexts(webhookSecret)],
    ...host,
  };
  return new ClientCore(settings, parts, origin);
}
