import type { ChatCompletionRequest } from '../../chat/chat-completion-request.ts';

/**
 * What a chat asks of an agent, which has a model and instructions of its own. Fields that
 * are not listed here are sent as they are.
 */
export type AgentCompletionRequest = Omit<
  ChatCompletionRequest,
  'model' | 'safe_prompt' | 'temperature' | 'top_p'
>;

/** The request as it is sent. */
export interface AgentCompletionCreateRequest extends AgentCompletionRequest {
  readonly agent_id: string;
  readonly stream?: boolean | undefined;
}
