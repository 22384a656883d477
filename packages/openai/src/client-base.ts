import { ClientCore, type ClientParts } from '@integrations/provider';
import type { OpenAISettings } from './options.ts';
import { PROFILE } from './profile.ts';
import { DEFAULTS } from './settings.ts';
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
    defaults: {
      ...DEFAULTS,
      userAgent: 'integrations-openai',
      headers: { 'openai-organization': organization, 'openai-project': project },
      logTarget: 'integrations_openai',
    },
    secrets: [organization, project, ...webhookSecretTexts(webhookSecret)],
    ...host,
  };
  return new ClientCore(settings, parts, origin);
}
