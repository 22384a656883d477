import type { AsRequest } from '@integrations/provider';
import type { CompletionArgs } from '../agents/completion-args.ts';
import type { ChatTool } from '../chat/chat-tool.ts';
import type { Guardrail } from '../chat/guardrail.ts';
import type { ConversationEntry, MessageInputEntry } from './entry.ts';

/** Something that goes in; a message needs no type. */
export type ConversationInput =
  | AsRequest<ConversationEntry>
  | (Omit<AsRequest<MessageInputEntry>, 'type'> & { readonly type?: undefined });

/** What goes in: what the user says, or entries in their order. */
export type ConversationInputs = string | readonly ConversationInput[];

/** What every request for an answer says. */
interface AnswerRequest {
  /** Whether the API keeps the conversation. @default true */
  readonly store?: boolean | null | undefined;
  /** Who goes on where an agent hands over to another. @default 'server' */
  readonly handoff_execution?: 'client' | 'server' | null | undefined;
  readonly completion_args?: CompletionArgs | null | undefined;
}

/** What every conversation may begin with. */
interface StartRequest extends AnswerRequest {
  readonly inputs: ConversationInputs;
  readonly instructions?: string | null | undefined;
  readonly tools?: readonly ChatTool[] | null | undefined;
  readonly guardrails?: readonly Guardrail[] | null | undefined;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A conversation to begin with a model. */
export interface ModelConversationRequest extends StartRequest {
  readonly model: string;
  readonly agent_id?: null | undefined;
  readonly agent_version?: null | undefined;
}

/** A conversation to begin with an agent. */
export interface AgentConversationRequest extends StartRequest {
  readonly model?: null | undefined;
  readonly agent_id: string;
  /** A number, or an alias. @default the current version */
  readonly agent_version?: number | string | null | undefined;
}

/** A conversation to begin. Fields that are not listed here are sent as they are. */
export type ConversationStartRequest = ModelConversationRequest | AgentConversationRequest;

/** How a conversation goes on. Fields that are not listed here are sent as they are. */
export interface ConversationAppendRequest extends AnswerRequest {
  /** What is said, and what functions gave back. @default nothing new */
  readonly inputs?: ConversationInputs | undefined;
  /** Which of the calls that need it may be made. */
  readonly tool_confirmations?:
    | readonly { readonly tool_call_id: string; readonly confirmation: 'allow' | 'deny' }[]
    | null
    | undefined;
}

/** Where a conversation begins anew. Fields that are not listed here are sent as they are. */
export interface ConversationRestartRequest extends AnswerRequest {
  /** The last entry that is kept. */
  readonly from_entry_id: string;
  /** What is said in place of what came then. */
  readonly inputs?: ConversationInputs | undefined;
  readonly guardrails?: readonly Guardrail[] | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** A number, or an alias. @default the current version */
  readonly agent_version?: number | string | null | undefined;
}

/** A request whose answer is streamed. */
export type Streamed<Request> = Request & { readonly stream: true };
