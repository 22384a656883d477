import type { AsRequest } from '@integrations/provider';
import type {
  ResponseApplyPatchCallInput,
  ResponseApplyPatchCallOutputInput,
  ResponseApplyPatchToolCall,
  ResponseApplyPatchToolCallOutput,
} from './apply-patch-item.ts';
import type {
  ResponseComputerCallOutput,
  ResponseComputerToolCall,
  ResponseComputerToolCallOutputItem,
} from './computer-item.ts';
import type {
  ResponseAdditionalTools,
  ResponseAdditionalToolsInput,
  ResponseCompactionInput,
  ResponseCompactionItem,
  ResponseCompactionTrigger,
  ResponseConfigurationUpdateInput,
  ResponseConfigurationUpdateItem,
  ResponseItemReference,
  ResponseProgram,
  ResponseProgramOutput,
  ResponseReasoningItem,
} from './context-item.ts';
import type {
  ResponseCustomToolCall,
  ResponseCustomToolCallItem,
  ResponseCustomToolCallOutput,
  ResponseCustomToolCallOutputItem,
  ResponseFunctionCallOutput,
  ResponseFunctionToolCall,
  ResponseFunctionToolCallItem,
  ResponseFunctionToolCallOutputItem,
} from './function-call-item.ts';
import type {
  ResponseCodeInterpreterToolCall,
  ResponseImageGenerationCall,
} from './generation-item.ts';
import type {
  ResponseMcpApprovalInput,
  ResponseMcpApprovalRequest,
  ResponseMcpApprovalResponse,
  ResponseMcpCall,
  ResponseMcpListTools,
} from './mcp-item.ts';
import type {
  EasyInputMessage,
  ResponseInputMessage,
  ResponseInputMessageItem,
  ResponseOutputMessage,
} from './message-item.ts';
import type {
  ResponseFileSearchToolCall,
  ResponseFunctionWebSearch,
  ResponseToolSearchCall,
  ResponseToolSearchCallInput,
  ResponseToolSearchOutputInput,
  ResponseToolSearchOutputItem,
} from './search-item.ts';
import type {
  ResponseFunctionShellToolCall,
  ResponseFunctionShellToolCallOutput,
  ResponseLocalShellCall,
  ResponseLocalShellCallOutput,
  ResponseShellCallInput,
  ResponseShellCallOutputInput,
} from './shell-item.ts';

/** Items that look the same wherever they are. */
type CommonItem =
  | ResponseFileSearchToolCall
  | ResponseFunctionWebSearch
  | ResponseComputerToolCall
  | ResponseReasoningItem
  | ResponseProgram
  | ResponseProgramOutput
  | ResponseImageGenerationCall
  | ResponseCodeInterpreterToolCall
  | ResponseLocalShellCall
  | ResponseLocalShellCallOutput
  | ResponseMcpListTools
  | ResponseMcpApprovalRequest
  | ResponseMcpCall;

/** Items that look the same wherever the API gives them out. */
type KeptItem =
  | CommonItem
  | ResponseFunctionToolCallOutputItem
  | ResponseComputerToolCallOutputItem
  | ResponseToolSearchCall
  | ResponseToolSearchOutputItem
  | ResponseAdditionalTools
  | ResponseCompactionItem
  | ResponseFunctionShellToolCall
  | ResponseFunctionShellToolCallOutput
  | ResponseApplyPatchToolCall
  | ResponseApplyPatchToolCallOutput
  | ResponseMcpApprovalResponse;

/** Something that the model made. */
export type ResponseOutputItem =
  | KeptItem
  | ResponseOutputMessage
  | ResponseFunctionToolCall
  | ResponseCustomToolCall
  | ResponseCustomToolCallOutputItem;

/** Something that a response was made from, as the API keeps it. */
export type ResponseItem =
  | KeptItem
  | ResponseInputMessageItem
  | ResponseOutputMessage
  | ResponseFunctionToolCallItem
  | ResponseCustomToolCallItem
  | ResponseCustomToolCallOutputItem
  | ResponseConfigurationUpdateItem;

/** Items that a conversation holds, but for its messages. */
export type ConversationToolItem =
  | KeptItem
  | ResponseFunctionToolCallItem
  | ResponseConfigurationUpdateItem
  | ResponseCustomToolCall
  | ResponseCustomToolCallOutput;

/** An input item as the API describes it. */
export type WireInputItem =
  | CommonItem
  | EasyInputMessage
  | ResponseInputMessage
  | ResponseOutputMessage
  | ResponseComputerCallOutput
  | ResponseFunctionToolCall
  | ResponseFunctionCallOutput
  | ResponseCustomToolCall
  | ResponseCustomToolCallOutput
  | ResponseToolSearchCallInput
  | ResponseToolSearchOutputInput
  | ResponseAdditionalToolsInput
  | ResponseConfigurationUpdateInput
  | ResponseCompactionInput
  | ResponseCompactionTrigger
  | ResponseShellCallInput
  | ResponseShellCallOutputInput
  | ResponseApplyPatchCallInput
  | ResponseApplyPatchCallOutputInput
  | ResponseMcpApprovalInput
  | ResponseItemReference;

/** Something to make a response from. The output of an earlier response can be passed as it is. */
export type ResponseInputItem = AsRequest<WireInputItem | ResponseOutputItem>;
