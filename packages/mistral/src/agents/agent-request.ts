import type { ChatTool } from '../chat/chat-tool.ts';
import type { Guardrail } from '../chat/guardrail.ts';
import type { CompletionArgs } from './completion-args.ts';

/** What an agent is made of. */
interface AgentParts {
  readonly description?: string | null | undefined;
  /** What the model follows in every conversation. */
  readonly instructions?: string | null | undefined;
  readonly tools?: readonly ChatTool[] | undefined;
  readonly completion_args?: CompletionArgs | undefined;
  readonly guardrails?: readonly Guardrail[] | null | undefined;
  /** The agents that it may hand a conversation over to, by their ids. */
  readonly handoffs?: readonly string[] | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** What this version changes. 500 characters at most. */
  readonly version_message?: string | null | undefined;
}

/** An agent to make. Fields that are not listed here are sent as they are. */
export interface AgentCreateRequest extends AgentParts {
  readonly model: string;
  readonly name: string;
}

/** What to change of an agent; the rest stays. */
export interface AgentUpdateRequest extends AgentParts {
  readonly model?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** Whether it can be talked to in Le Chat. */
  readonly deployment_chat?: boolean | null | undefined;
}

/** Which agents to list. */
interface AgentFilter {
  /** From 1 to 1000. @default 20 */
  readonly page_size?: number | undefined;
  readonly deployment_chat?: boolean | null | undefined;
  /** Where they were made. */
  readonly sources?: readonly ('api' | 'playground' | 'agent_builder_v1')[] | null | undefined;
  /** Exactly this name. */
  readonly name?: string | null | undefined;
  /** A part of the name, or of the id. */
  readonly search?: string | null | undefined;
  readonly id?: string | null | undefined;
  /** What their metadata must have. */
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Which agents to list, by the number of the page. */
export interface AgentListQuery extends AgentFilter {
  /** From 0. @default 0 */
  readonly page?: number | undefined;
}

/** Which agents to list, by the token of the page. */
export interface AgentPageQuery extends AgentFilter {
  /** The `next_page_token` of the page before. @default the first page */
  readonly page_token?: string | null | undefined;
}

/** Which version of an agent: its number, or an alias of it. */
export interface AgentVersionQuery {
  /** @default the current version */
  readonly agent_version?: number | string | null | undefined;
}
