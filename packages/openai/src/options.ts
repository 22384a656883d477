import type { ApiKey, ClientOptions } from '@integrations/provider';
import type { Duration } from '@integrations/types';
import { readSettings } from './settings.ts';
import type { WebhookSecrets } from './webhooks/webhook-secret.ts';

/** Options of an OpenAI client. */
export interface OpenAIClientOptions extends ClientOptions {
  /** The key, or a function that gives it at every attempt. @default `OPENAI_API_KEY` */
  readonly apiKey?: ApiKey | undefined;
  /** Where the API is. @default `OPENAI_BASE_URL`, else OpenAI's own */
  readonly baseURL?: string | undefined;
  /**
   * Time for one attempt: milliseconds or `'30s'`. For a stream: until its first
   * event. 0 means no limit. @default `OPENAI_TIMEOUT` (in seconds), else `'60s'`
   */
  readonly timeout?: Duration | undefined;
  /** The organization to bill. @default `OPENAI_ORG_ID` */
  readonly organization?: string | undefined;
  /** The project to bill. @default `OPENAI_PROJECT_ID` */
  readonly project?: string | undefined;
  /** What webhooks are signed with; several while one is being replaced. @default `OPENAI_WEBHOOK_SECRET` */
  readonly webhookSecret?: WebhookSecrets | undefined;
  /** Attempts after the first. @default `OPENAI_MAX_RETRIES`, else 2 */
  readonly maxRetries?: number | undefined;
}

/** Options as the client uses them: what the user left out comes from the configuration. */
export interface OpenAISettings extends OpenAIClientOptions {
  readonly apiKey: ApiKey;
}

/**
 * Fills in what the user left out from `config`, or else the environment.
 *
 * @throws ConfigurationError when there is no key, or a setting is wrong.
 */
export function withConfig(options: OpenAIClientOptions): OpenAISettings {
  const { options: configured, values } = readSettings(options);
  return {
    ...configured,
    organization: options.organization ?? values.organization?.expose(),
    project: options.project ?? values.project?.expose(),
    webhookSecret: options.webhookSecret ?? values.webhookSecret,
  };
}
