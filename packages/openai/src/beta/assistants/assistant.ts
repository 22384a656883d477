import type { AsRequest } from '@integrations/provider';
import type { ReasoningEffort } from '../../responses/response-config.ts';
import type {
  AssistantResponseFormat,
  AssistantTool,
  NewToolResources,
  ToolResources,
} from './assistant-tool.ts';

/** A model with instructions and tools. */
export interface Assistant {
  id: string;
  object: 'assistant';
  /** Seconds since 1970. */
  created_at: number;
  model: string;
  name: string | null;
  description: string | null;
  instructions: string | null;
  tools: AssistantTool[];
  tool_resources?: ToolResources | null;
  response_format?: AssistantResponseFormat | null;
  temperature?: number | null;
  top_p?: number | null;
  metadata: Record<string, string> | null;
}

/** An assistant was deleted. */
export interface AssistantDeleted {
  id: string;
  object: 'assistant.deleted';
  deleted: boolean;
}

/** What may be set of an assistant at any time. */
interface AssistantFields {
  name?: string | null;
  description?: string | null;
  instructions?: string | null;
  tools?: AssistantTool[];
  reasoning_effort?: ReasoningEffort | null;
  response_format?: AssistantResponseFormat | null;
  /** From 0 to 2. */
  temperature?: number | null;
  /** From 0 to 1. */
  top_p?: number | null;
  metadata?: Record<string, string> | null;
}

/** What an assistant is to be. */
export type AssistantRequest = AsRequest<
  AssistantFields & { model: string; tool_resources?: NewToolResources | null }
>;

/** What is to change of an assistant. */
export type AssistantUpdate = AsRequest<
  AssistantFields & { model?: string; tool_resources?: ToolResources | null }
>;
