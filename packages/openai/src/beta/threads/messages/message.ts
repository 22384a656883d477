import type { AsRequest } from '@integrations/provider';
import type {
  ThreadMessageContent,
  ThreadMessageContentDelta,
  ThreadMessagePart,
} from './message-content.ts';

/** A file of a message, and the tools that may use it. */
interface Attachment {
  file_id?: string;
  tools?: ({ type: 'code_interpreter' } | { type: 'file_search' })[];
}

/** A message of a thread. */
export interface ThreadMessage {
  id: string;
  object: 'thread.message';
  /** Seconds since 1970. */
  created_at: number;
  completed_at: number | null;
  incomplete_at: number | null;
  incomplete_details: {
    reason: 'content_filter' | 'max_tokens' | 'run_cancelled' | 'run_expired' | 'run_failed';
  } | null;
  status: 'in_progress' | 'incomplete' | 'completed';
  thread_id: string;
  assistant_id: string | null;
  run_id: string | null;
  role: 'user' | 'assistant';
  content: ThreadMessageContent[];
  attachments: Attachment[] | null;
  metadata: Record<string, string> | null;
}

/** A piece of a message. */
export interface ThreadMessageDelta {
  id: string;
  object: 'thread.message.delta';
  delta: { role?: 'user' | 'assistant'; content?: ThreadMessageContentDelta[] };
}

/** A message was deleted. */
export interface ThreadMessageDeleted {
  id: string;
  object: 'thread.message.deleted';
  deleted: boolean;
}

/** What a message is to be. */
export type ThreadMessageRequest = AsRequest<{
  role: 'user' | 'assistant';
  content: string | ThreadMessagePart[];
  attachments?: Attachment[] | null;
  metadata?: Record<string, string> | null;
}>;

/** Which thread a message is of, and what is to change. */
export type ThreadMessageUpdate = AsRequest<{
  thread_id: string;
  metadata?: Record<string, string> | null;
}>;
