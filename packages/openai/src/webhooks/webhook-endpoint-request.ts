import type { CursorQuery } from '../cursor-list.ts';
import type { WebhookEventType } from './webhook-endpoint.ts';

/** An address that events are to be sent to. */
export interface WebhookEndpointRequest {
  readonly name: string;
  readonly url: string;
  readonly event_types: readonly WebhookEventType[];
}

/** What is to change of an endpoint. */
export interface WebhookEndpointUpdate {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly event_types?: readonly WebhookEventType[] | undefined;
}

/** What becomes of the secret that is replaced. */
export interface WebhookSecretRotation {
  /** Signs with both secrets for a day. @default false, by the API */
  readonly keep_old_secret_active_for_24_hours?: boolean | undefined;
}

/** Which event to send for a test. */
export interface WebhookEndpointTest {
  readonly event_type: WebhookEventType;
}

/** Which endpoints to list. */
export interface WebhookEndpointQuery extends Omit<CursorQuery, 'after'> {
  /** Id of the last endpoint before the page. */
  readonly after?: string | null | undefined;
}
