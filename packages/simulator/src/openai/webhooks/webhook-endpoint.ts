import { isIPv4 } from 'node:net';
import type { JsonObject } from '../../json-value.ts';
import { missing, requireText, wrongType, wrongValue } from '../request-fields.ts';
import { WEBHOOK_EVENT_TYPES } from './webhook-event-types.ts';

/** What an endpoint's owner decides. */
export interface WebhookEndpointFields {
  readonly name: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
}

/** An address that events are sent to. */
export interface WebhookEndpoint extends WebhookEndpointFields {
  readonly id: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly secret: string;
  /** Signs as well, while it is being replaced. */
  readonly oldSecret: string | undefined;
}

/** An endpoint as the API shows it. */
export function endpointObject(endpoint: WebhookEndpoint): { readonly id: string } {
  const { id, name, url, eventTypes, createdAt, secret } = endpoint;
  const shown = {
    id,
    object: 'webhook_endpoint',
    created_at: createdAt,
    name,
    url,
    event_types: eventTypes,
    signing_secret_hint: `whsec_...${secret.slice(-4)}`,
  };
  return shown;
}

/** Reads what is given of an endpoint. @throws RequestRefused 400 that names the parameter */
export function parseEndpoint(body: JsonObject): Partial<WebhookEndpointFields> {
  return {
    ...(body['name'] === undefined ? {} : { name: requireText(body, 'name') }),
    ...(body['url'] === undefined ? {} : { url: parseUrl(requireText(body, 'url')) }),
    ...(body['event_types'] === undefined
      ? {}
      : { eventTypes: parseEventTypes(body['event_types']) }),
  };
}

/** @throws RequestRefused 400 unless all is given */
export function requireWhole(fields: Partial<WebhookEndpointFields>): WebhookEndpointFields {
  const { name, url, eventTypes } = fields;
  if (name === undefined) throw missing('name');
  if (url === undefined) throw missing('url');
  if (eventTypes === undefined) throw missing('event_types');
  return { name, url, eventTypes };
}

/** @throws RequestRefused 400 */
export function requireEventType(type: string, param: string): string {
  if (WEBHOOK_EVENT_TYPES.includes(type)) return type;
  throw wrongValue(param, `'${param}' is no type of event: ${JSON.stringify(type)}.`);
}

function parseEventTypes(given: unknown): string[] {
  if (!Array.isArray(given)) throw wrongType('event_types', 'an array of strings', given);
  if (given.length === 0)
    throw wrongValue('event_types', "'event_types' must not be empty.", 'empty_array');
  return given.map((type, at) => requireEventType(String(type), `event_types[${at}]`));
}

/** What the simulator sends stays on this machine. */
function parseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) throw wrongValue('url', "'url' must be an address.");
  const { protocol, hostname } = url;
  const isLoopback =
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (isIPv4(hostname) && hostname.startsWith('127.'));
  if (protocol === 'http:' && isLoopback) return text;
  throw wrongValue(
    'url',
    "The simulator sends webhooks to this machine only: 'url' must be http:// and a loopback address.",
    'unsupported_by_simulator',
  );
}
