import type { CursorList, OrderedCursorQuery } from '../../cursor-list.ts';
import type {
  PromptCacheBreakpoint,
  ResponseImageDetail,
  ResponseInputContent,
} from '../../responses/content/input-content.ts';
import type {
  ResponseOutputContent,
  ResponseReasoningText,
  ResponseSummaryText,
} from '../../responses/content/output-content.ts';
import type { ConversationToolItem, ResponseInputItem } from '../../responses/items/item.ts';
import type { ItemRole, ItemStatus } from '../../responses/items/item-status.ts';
import type { MessagePhase } from '../../responses/items/message-item.ts';
import type { ResponseIncludable } from '../../responses/response-config.ts';

/** What a screen shows. */
export interface ComputerScreenshotContent {
  type: 'computer_screenshot';
  detail: ResponseImageDetail;
  file_id: string | null;
  image_url: string | null;
  prompt_cache_breakpoint?: PromptCacheBreakpoint;
}

/** A message of a conversation. */
export interface ConversationMessage {
  id: string;
  type: 'message';
  role: ItemRole;
  content: (
    | ResponseInputContent
    | ResponseOutputContent
    | ResponseReasoningText
    | ResponseSummaryText
    | ComputerScreenshotContent
    | { type: 'text'; text: string }
  )[];
  status: ItemStatus;
  phase?: MessagePhase | null;
}

/** Something in a conversation. */
export type ConversationItem = ConversationMessage | ConversationToolItem;

/** Items of a conversation. */
export interface ConversationItemList extends CursorList<ConversationItem> {
  first_id: string;
  last_id: string;
}

/** Items to add to a conversation. */
export interface ConversationItemCreateRequest {
  /** At most 20. */
  readonly items: readonly ResponseInputItem[];
  readonly include?: readonly ResponseIncludable[] | undefined;
}

/** Which conversation an item is in. */
export interface ConversationItemDeleteRequest {
  readonly conversation_id: string;
}

/** Which conversation an item is in, and what of it. */
export interface ConversationItemRetrieveRequest extends ConversationItemDeleteRequest {
  readonly include?: readonly ResponseIncludable[] | undefined;
}

/** Which items, and what of them. */
export interface ConversationItemListQuery extends OrderedCursorQuery {
  readonly include?: readonly ResponseIncludable[] | undefined;
}
