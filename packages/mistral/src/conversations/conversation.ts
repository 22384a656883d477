import type { CompletionArgs } from '../agents/completion-args.ts';
import type { ChatTool } from '../chat/chat-tool.ts';
import type { Guardrail } from '../chat/guardrail.ts';

/** What every conversation tells of itself. */
interface ConversationBase {
  id: string;
  object: 'conversation';
  name?: string | null;
  description?: string | null;
  metadata?: Record<string, unknown> | null;
  /** As an ISO 8601 date. */
  created_at: string;
  /** As an ISO 8601 date. */
  updated_at: string;
}

/** A conversation with a model. */
export interface ModelConversation extends ConversationBase {
  model: string;
  instructions?: string | null;
  tools?: ChatTool[];
  completion_args?: CompletionArgs;
  guardrails?: Guardrail[] | null;
}

/** A conversation with an agent. */
export interface AgentConversation extends ConversationBase {
  agent_id: string;
  /** A number, or an alias. */
  agent_version?: number | string | null;
}

/** What the API keeps of what was said, and with whom. */
export type Conversation = ModelConversation | AgentConversation;

/** Which conversations to list. */
export interface ConversationListQuery {
  /** From 0. @default 0 */
  readonly page?: number | undefined;
  /** @default 100 */
  readonly page_size?: number | undefined;
  /** What their metadata must have. */
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}
