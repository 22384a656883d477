import type { ResponseInputContent } from '../content/input-content.ts';
import type { ResponseOutputContent } from '../content/output-content.ts';
import type { ItemStatus } from './item-status.ts';

/** Whether an answer is a remark on the way or the answer itself. Pass it back as it came. */
export type MessagePhase = 'commentary' | 'final_answer';

/** A message in its shortest form; the content may be plain text. */
export interface EasyInputMessage {
  type?: 'message';
  role: 'user' | 'assistant' | 'system' | 'developer';
  content: string | ResponseInputContent[];
  phase?: MessagePhase | null;
}

/** A message to the model. */
export interface ResponseInputMessage {
  type?: 'message';
  role: 'user' | 'system' | 'developer';
  content: ResponseInputContent[];
  status?: ItemStatus;
}

/** A message to the model, as the API keeps it. */
export interface ResponseInputMessageItem {
  id: string;
  type: 'message';
  role: 'user' | 'system' | 'developer';
  content: ResponseInputContent[];
  status?: ItemStatus;
}

/** A message of the model's. */
export interface ResponseOutputMessage {
  id: string;
  type: 'message';
  role: 'assistant';
  content: ResponseOutputContent[];
  status: ItemStatus;
  phase?: MessagePhase | null;
}
