import { ConfigurationError } from '@integrations/errors';
import { SecretString } from '@integrations/types';

/** A signing secret, as the API gave it. */
export type WebhookSecret = string | SecretString;

/** One secret, or all that are good while one is being replaced. */
export type WebhookSecrets = WebhookSecret | readonly WebhookSecret[];

/** Marks secrets whose rest is base64; any other is taken as the text that it is. */
const PREFIX = 'whsec_';

const encoder = new TextEncoder();

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    // The caller says that it is not base64, without quoting it.
    return undefined;
  }
}

function keyOf(secret: WebhookSecret): Uint8Array<ArrayBuffer> {
  const text: unknown = secret instanceof SecretString ? secret.expose() : secret;
  const isText = typeof text === 'string';
  const key =
    isText && text.startsWith(PREFIX)
      ? decodeBase64(text.slice(PREFIX.length))
      : encoder.encode(isText ? text : '');
  if (key !== undefined && key.length > 0) return key;
  throw new ConfigurationError(
    'A webhook secret is empty, or what follows on its `whsec_` is not base64. Copy it from where the endpoint was made.',
  );
}

function isList(secrets: WebhookSecrets): secrets is readonly WebhookSecret[] {
  return Array.isArray(secrets);
}

function listOf(secrets: WebhookSecrets | null | undefined): readonly WebhookSecret[] {
  if (secrets === null || secrets === undefined) return [];
  return isList(secrets) ? secrets : [secrets];
}

/** The secrets as they are written, to be kept out of messages. */
export function webhookSecretTexts(secrets: WebhookSecrets | undefined): string[] {
  return listOf(secrets)
    .map((secret) => (secret instanceof SecretString ? secret.expose() : secret))
    .filter((secret) => typeof secret === 'string' && secret !== '');
}

/**
 * The keys of one or more secrets.
 *
 * @throws ConfigurationError when there is none, or one cannot be right.
 */
export function webhookKeys(secrets: WebhookSecrets | null | undefined): Uint8Array<ArrayBuffer>[] {
  const list = listOf(secrets);
  if (list.length === 0) {
    throw new ConfigurationError(
      'There is no webhook secret: set the option `webhookSecret` or the environment variable OPENAI_WEBHOOK_SECRET, or pass one.',
    );
  }
  return list.map(keyOf);
}
