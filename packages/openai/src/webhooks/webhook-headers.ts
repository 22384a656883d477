import { WebhookSignatureError } from '@integrations/errors';

/** The headers of a request in any of the forms that servers give them: names in any case. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** What the headers of a webhook say. */
export interface WebhookStamp {
  readonly id: string;
  /** Seconds since 1970, as it was signed. */
  readonly timestamp: string;
  readonly signatures: readonly string[];
}

/** Seconds since 1970, in whole and in as many digits as dates have. */
const TIMESTAMP = /^\d{1,12}$/;

function hasGet(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof (headers as { get?: unknown }).get === 'function';
}

function valuesOf(headers: WebhookHeaders, wanted: string): string[] {
  if (hasGet(headers)) return [headers.get(wanted) ?? ''];
  const entries = Symbol.iterator in headers ? headers : Object.entries(headers);
  return [...(entries as Iterable<readonly [string, unknown]>)]
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => value)
    .filter((value) => typeof value === 'string');
}

/** @throws WebhookSignatureError when the header is not there. */
function requireHeader(headers: WebhookHeaders, name: string): string {
  const value = valuesOf(headers ?? {}, name)
    .join(' ')
    .trim();
  if (value !== '') return value;
  throw new WebhookSignatureError(
    `The webhook has no header \`${name}\`. Pass the headers of the request as they came; a request without it is not from OpenAI.`,
    { problem: 'missing_header' },
  );
}

/**
 * Reads the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.
 *
 * @throws WebhookSignatureError when one is missing, or the timestamp is no number.
 */
export function readWebhookStamp(headers: WebhookHeaders): WebhookStamp {
  const id = requireHeader(headers, 'webhook-id');
  const timestamp = requireHeader(headers, 'webhook-timestamp');
  if (!TIMESTAMP.test(timestamp)) {
    throw new WebhookSignatureError(
      'The header `webhook-timestamp` is not a number of seconds since 1970.',
      { problem: 'malformed_header' },
    );
  }
  // Servers join headers that came twice by a comma and a space.
  const signatures = requireHeader(headers, 'webhook-signature')
    .split(/\s+/)
    .map((signature) => signature.replace(/,$/, ''));
  return { id, timestamp, signatures };
}
