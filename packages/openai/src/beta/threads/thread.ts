import type { AsRequest } from '@integrations/provider';
import type { NewToolResources, ToolResources } from '../assistants/assistant-tool.ts';
import type { ThreadMessageRequest } from './messages/message.ts';

/** A conversation with assistants. */
export interface Thread {
  id: string;
  object: 'thread';
  /** Seconds since 1970. */
  created_at: number;
  tool_resources: ToolResources | null;
  metadata: Record<string, string> | null;
}

/** A thread was deleted. */
export interface ThreadDeleted {
  id: string;
  object: 'thread.deleted';
  deleted: boolean;
}

/** What a thread is to be. */
export type ThreadRequest = AsRequest<{
  messages?: ThreadMessageRequest[];
  metadata?: Record<string, string> | null;
  tool_resources?: NewToolResources | null;
}>;

/** What is to change of a thread. */
export type ThreadUpdate = AsRequest<{
  metadata?: Record<string, string> | null;
  tool_resources?: ToolResources | null;
}>;
