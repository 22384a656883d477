import type { AsRequest } from '@integrations/provider';
import type { ResponseInputItem } from '../items/item.ts';
import type { ResponseReasoning, ResponseTextConfig } from '../response-config.ts';
import type { ResponseTool } from '../tools/tool.ts';
import type { ResponseToolChoice } from '../tools/tool-choice.ts';

/** A request for a response, as far as its input goes. */
export interface InputTokenCountRequest extends AsRequest<{
  conversation?: string | { id: string } | null;
  instructions?: string | null;
  model?: string | null;
  parallel_tool_calls?: boolean | null;
  personality?: (string & {}) | 'friendly' | 'pragmatic';
  previous_response_id?: string | null;
  reasoning?: ResponseReasoning | null;
  text?: ResponseTextConfig | null;
  tool_choice?: ResponseToolChoice | null;
  tools?: ResponseTool[] | null;
  /** @deprecated */
  truncation?: 'auto' | 'disabled';
}> {
  readonly input?: string | readonly ResponseInputItem[] | null | undefined;
}

/** How many tokens an input has. */
export interface InputTokenCount {
  object: 'response.input_tokens';
  input_tokens: number;
}
