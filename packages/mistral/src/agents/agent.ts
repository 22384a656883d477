import type { ChatTool } from '../chat/chat-tool.ts';
import type { Guardrail } from '../chat/guardrail.ts';
import type { CompletionArgs } from './completion-args.ts';

/** A model with instructions and tools of its own, at one of its versions. */
export interface Agent {
  id: string;
  object: 'agent';
  name: string;
  model: string;
  description?: string | null;
  instructions?: string | null;
  tools?: ChatTool[];
  completion_args?: CompletionArgs;
  guardrails?: Guardrail[] | null;
  /** The agents that it may hand a conversation over to, by their ids. */
  handoffs?: string[] | null;
  metadata?: Record<string, unknown> | null;
  /** This version. */
  version: number;
  /** All versions there are. */
  versions: number[];
  /** What this version changed. */
  version_message?: string | null;
  /** As an ISO 8601 date. */
  created_at: string;
  /** As an ISO 8601 date. */
  updated_at: string;
  /** Whether it can be talked to in Le Chat. */
  deployment_chat: boolean;
  /** Where it was made: `'api'`, say. */
  source: string;
}

/** A page of agents, to be gone on from by a token. */
export interface AgentList {
  object: 'list';
  data: Agent[];
  /** What to ask for the next page with; none on the last. */
  next_page_token?: string | null;
}
