import type { ConversationUsage } from './conversation-response.ts';
import type { OutputChunk } from './entry-content.ts';

/** What all events have. */
interface EventBase {
  /** As an ISO 8601 date. */
  created_at?: string;
}

/** What all events of an entry have. */
interface EntryEvent extends EventBase {
  /** The entry's. */
  id: string;
  /** Position of the entry in the outputs. */
  output_index?: number;
}

/** Events of what a model or an agent makes. */
interface MadeEntryEvent extends EntryEvent {
  agent_id?: string | null;
  model?: string | null;
}

/** The answer begins. */
export interface ConversationStartedEvent extends EventBase {
  type: 'conversation.response.started';
  conversation_id: string;
}

/** The answer is whole. */
export interface ConversationDoneEvent extends EventBase {
  type: 'conversation.response.done';
  usage: ConversationUsage;
}

/** A message goes on. */
export interface MessageOutputEvent extends MadeEntryEvent {
  type: 'message.output.delta';
  role?: 'assistant';
  /** Position of the part in the message. */
  content_index?: number;
  /** Text that is new, or a part. */
  content: string | OutputChunk;
}

/** A call of a function goes on. */
export interface FunctionCallEvent extends MadeEntryEvent {
  type: 'function.call.delta';
  tool_call_id: string;
  name: string;
  /** The JSON text that is new. */
  arguments: string;
  confirmation_status?: 'pending' | 'allowed' | 'denied' | null;
}

/** A tool of the provider begins. */
export interface ToolExecutionStartedEvent extends MadeEntryEvent {
  type: 'tool.execution.started';
  name: string;
  arguments: string;
}

/** What a tool of the provider is called with goes on. */
export interface ToolExecutionDeltaEvent extends EntryEvent {
  type: 'tool.execution.delta';
  name: string;
  /** The JSON text that is new. */
  arguments: string;
}

/** A tool of the provider has run. */
export interface ToolExecutionDoneEvent extends EntryEvent {
  type: 'tool.execution.done';
  name: string;
  info?: Record<string, unknown>;
}

/** An agent begins to hand over. */
export interface AgentHandoffStartedEvent extends EntryEvent {
  type: 'agent.handoff.started';
  previous_agent_id: string;
  previous_agent_name: string;
}

/** Another agent goes on. */
export interface AgentHandoffDoneEvent extends EntryEvent {
  type: 'agent.handoff.done';
  next_agent_id: string;
  next_agent_name: string;
}

/** What tells of an entry of the answer. */
export type ConversationEntryEvent =
  | MessageOutputEvent
  | FunctionCallEvent
  | ToolExecutionStartedEvent
  | ToolExecutionDeltaEvent
  | ToolExecutionDoneEvent
  | AgentHandoffStartedEvent
  | AgentHandoffDoneEvent;

/**
 * What happens while a conversation is answered. Events of types that are newer than this
 * client pass as they are. An event `conversation.response.error` is thrown as an error.
 */
export type ConversationEvent =
  | ConversationStartedEvent
  | ConversationDoneEvent
  | ConversationEntryEvent;
