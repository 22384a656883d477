/** What most events tell: which object they are about. Retrieve it to learn more. */
interface AboutObject {
  id: string;
}

/** What every event tells. */
interface Envelope<Type extends string, Data> {
  /** Stays the same when the event is delivered again. */
  id: string;
  type: Type;
  /** Seconds since 1970. */
  created_at: number;
  data: Data;
}

/** Some events do not say what they are. */
interface OpenEnvelope<Type extends string, Data> extends Envelope<Type, Data> {
  object?: 'event';
}

interface MarkedEnvelope<Type extends string, Data> extends Envelope<Type, Data> {
  object: 'event';
}

/** One type of event for each of some names. */
type Marked<Type extends string, Data = AboutObject> = Type extends string
  ? MarkedEnvelope<Type, Data>
  : never;
type Open<Type extends string, Data = AboutObject> = Type extends string
  ? OpenEnvelope<Type, Data>
  : never;

interface AgentSession {
  id: string;
  environment_type: string;
  environment_id?: string;
}

interface NewAgentSession extends AgentSession {
  connect?: { remote_url: string };
}

interface WaitingAgentSession {
  id: string;
  required_action: {
    type: 'computer_use_approval_request' | 'function_call' | 'environment_connection';
  };
}

/** How a phone call came in. */
interface SipCall {
  sip_headers: { name: string; value: string }[];
  sip_media_security?: 'rtp' | 'srtp' | (string & {});
}

/** A job that runs in the background has ended. */
export type JobWebhookEvent = Open<
  | 'batch.completed'
  | 'batch.failed'
  | 'batch.expired'
  | 'batch.cancelled'
  | 'eval.run.succeeded'
  | 'eval.run.failed'
  | 'eval.run.canceled'
  | 'fine_tuning.job.succeeded'
  | 'fine_tuning.job.failed'
  | 'fine_tuning.job.cancelled'
  | 'response.completed'
  | 'response.failed'
  | 'response.cancelled'
  | 'response.incomplete'
>;

/** Somebody calls. */
export type CallWebhookEvent =
  | Open<'realtime.call.incoming', SipCall & { call_id: string }>
  | Open<'live.call.incoming', SipCall & { session_id: string }>
  | Open<'live.transport.incoming', SipCall & { session_id: string; type: 'sip' }>;

/** An agent goes on, or waits. */
export type AgentWebhookEvent =
  | Marked<
      | 'agent.environment.ready'
      | 'agent.environment.failed'
      | 'agent.environment.suspended'
      | 'agent.environment.expired'
    >
  | Marked<'agent.session.created', NewAgentSession>
  | Marked<'agent.session.action_required', WaitingAgentSession>
  | Marked<
      'agent.session.in_progress' | 'agent.session.idle' | 'agent.session.failed',
      AgentSession
    >;

/** The use of the account is in question. */
export type SafetyWebhookEvent = Marked<
  | 'safety.alert.created'
  | 'safety.org_alert.created'
  | 'safety.warning_issued'
  | 'safety.deactivation_issued'
>;

/**
 * What the API sends to an endpoint. Events of other types may come: leave those alone
 * that you do not know.
 */
export type WebhookEvent =
  | JobWebhookEvent
  | CallWebhookEvent
  | AgentWebhookEvent
  | SafetyWebhookEvent;

/** The event of one type. */
export type WebhookEventOf<Type extends WebhookEvent['type']> = Extract<
  WebhookEvent,
  { type: Type }
>;
