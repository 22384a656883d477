/** What an endpoint may be told of. */
export type WebhookEventType =
  | 'batch.completed'
  | 'batch.failed'
  | 'batch.expired'
  | 'batch.cancelled'
  | 'response.completed'
  | 'response.failed'
  | 'response.cancelled'
  | 'response.incomplete'
  | 'eval.run.succeeded'
  | 'eval.run.failed'
  | 'eval.run.canceled'
  | 'fine_tuning.job.succeeded'
  | 'fine_tuning.job.failed'
  | 'fine_tuning.job.cancelled'
  | 'realtime.call.incoming'
  | 'video.completed'
  | 'video.failed'
  | 'agent.environment.ready'
  | 'agent.environment.failed'
  | 'agent.environment.suspended'
  | 'agent.environment.expired'
  | 'agent.session.created'
  | 'agent.session.action_required'
  | 'agent.session.in_progress'
  | 'agent.session.idle'
  | 'agent.session.failed'
  | 'safety.alert.created';

/** An address that events are sent to. */
export interface WebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  /** Seconds since 1970. */
  created_at: number;
  /** Seconds since 1970. */
  updated_at?: number;
  name: string;
  url: string;
  event_types: string[];
  /** Enough of the secret to recognise it by. */
  signing_secret_hint: string | null;
}

/** An endpoint with its secret, which is told once. */
export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  signing_secret: string;
}

/** An endpoint was deleted. */
export interface WebhookEndpointDeleted {
  id: string;
  object: 'webhook_endpoint.deleted';
  deleted: boolean;
}

/** What became of an event that was sent for a test. */
export interface WebhookEndpointTestResult {
  object: 'webhook_endpoint.test';
  webhook_endpoint_id: string;
  event_type: string;
  success: true;
  /** With what the endpoint answered. */
  status_code: number;
}

/** The events that the project may be told of. */
export interface WebhookEventTypeList {
  object: 'list';
  data: string[];
}
