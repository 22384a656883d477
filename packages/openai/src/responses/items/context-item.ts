import type { ResponseReasoningText, ResponseSummaryText } from '../content/output-content.ts';
import type { ReasoningEffort, ResponseFormatJsonSchema } from '../response-config.ts';
import type { ResponseTool } from '../tools/tool.ts';
import type { ItemRole, ItemStatus } from './item-status.ts';

/** What the model thought before it answered. Pass it back as it came. */
export interface ResponseReasoningItem {
  id: string;
  type: 'reasoning';
  summary: ResponseSummaryText[];
  content?: ResponseReasoningText[];
  /** With `include: ['reasoning.encrypted_content']`. */
  encrypted_content?: string | null;
  status?: ItemStatus;
}

/** An earlier part of the conversation, made small. Pass it back as it came. */
export interface ResponseCompactionItem {
  id: string;
  type: 'compaction';
  encrypted_content: string;
  created_by?: string;
}

/** An earlier part of the conversation, made small, passed in. */
export interface ResponseCompactionInput {
  type: 'compaction';
  id?: string | null;
  encrypted_content: string;
}

/** Asks for the conversation up to here to be made small. */
export interface ResponseCompactionTrigger {
  type: 'compaction_trigger';
  id?: string | null;
}

interface ConfigurationUpdate {
  type: 'configuration_update';
  reasoning?: { effort?: ReasoningEffort | null };
  text?: { format: { type: 'text' } | ResponseFormatJsonSchema };
}

/** Settings that hold from here on. */
export interface ResponseConfigurationUpdateItem extends ConfigurationUpdate {
  id: string;
}

/** Settings that hold from here on, passed in. */
export interface ResponseConfigurationUpdateInput extends ConfigurationUpdate {
  id?: string | null;
}

/** Tools that the model may call from here on. */
export interface ResponseAdditionalTools {
  id: string;
  type: 'additional_tools';
  role: ItemRole;
  tools: ResponseTool[];
}

/** Tools that the model may call from here on, passed in. */
export interface ResponseAdditionalToolsInput {
  type: 'additional_tools';
  id?: string | null;
  role: 'developer';
  tools: ResponseTool[];
}

/** A program that the model wrote to call tools. */
export interface ResponseProgram {
  id: string;
  type: 'program';
  call_id: string;
  code: string;
  fingerprint: string;
}

/** What a program of the model's gave back. */
export interface ResponseProgramOutput {
  id: string;
  type: 'program_output';
  call_id: string;
  result: string;
  status: 'completed' | 'incomplete';
}

/** An item that the API already has. */
export interface ResponseItemReference {
  type?: 'item_reference' | null;
  id: string;
}
