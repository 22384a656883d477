import type { InputChunk, OutputChunk } from './entry-content.ts';

/** What all entries have. */
interface EntryBase {
  object?: 'entry';
  id?: string;
  /** As an ISO 8601 date. */
  created_at?: string;
  /** As an ISO 8601 date; null while it goes on. */
  completed_at?: string | null;
}

/** Who made an entry. */
interface MadeEntry extends EntryBase {
  agent_id?: string | null;
  model?: string | null;
}

/** A message that was given. */
export interface MessageInputEntry extends EntryBase {
  type: 'message.input';
  role: 'user' | 'assistant';
  content: string | InputChunk[];
  /** Whether the answer is to begin with this content. */
  prefix?: boolean;
}

/** A message that was answered. */
export interface MessageOutputEntry extends MadeEntry {
  type: 'message.output';
  role?: 'assistant';
  /** Text; parts in their order where there is more than text. */
  content: string | OutputChunk[];
}

/** A call of a function that the model asks for. */
export interface FunctionCallEntry extends MadeEntry {
  type: 'function.call';
  tool_call_id: string;
  name: string;
  /** As the model wrote them: JSON text, which may be invalid, or the value of it. */
  arguments: string | Record<string, unknown>;
  /** Whether the call may be made, where it needs to be confirmed. */
  confirmation_status?: 'pending' | 'allowed' | 'denied' | null;
}

/** What a function gave back. */
export interface FunctionResultEntry extends EntryBase {
  type: 'function.result';
  /** The call's, of its entry. */
  tool_call_id: string;
  result: string;
}

/** A tool that the provider ran. */
export interface ToolExecutionEntry extends MadeEntry {
  type: 'tool.execution';
  /** `'web_search'`, say. */
  name: string;
  /** JSON text. */
  arguments: string;
  /** What the tool tells besides: the code it ran, say, and its output. */
  info?: Record<string, unknown>;
}

/** An agent that handed over to another. */
export interface AgentHandoffEntry extends EntryBase {
  type: 'agent.handoff';
  previous_agent_id: string;
  previous_agent_name: string;
  next_agent_id: string;
  next_agent_name: string;
}

/** What an answer adds to a conversation. */
export type OutputEntry =
  | MessageOutputEntry
  | ToolExecutionEntry
  | FunctionCallEntry
  | AgentHandoffEntry;

/** What a conversation is made of. */
export type ConversationEntry = MessageInputEntry | FunctionResultEntry | OutputEntry;
