import type {
  ResponseCustomTool,
  ResponseFunctionTool,
  ResponseNamespaceTool,
} from './function-tool.ts';
import type {
  ResponseApplyPatchTool,
  ResponseCodeInterpreterTool,
  ResponseComputerPreviewTool,
  ResponseComputerTool,
  ResponseImageGenerationTool,
  ResponseLocalShellTool,
  ResponseProgrammaticToolCalling,
  ResponseShellTool,
} from './hosted-tool.ts';
import type { ResponseMcpTool } from './mcp-tool.ts';
import type {
  ResponseFileSearchTool,
  ResponseToolSearchTool,
  ResponseWebSearchPreviewTool,
  ResponseWebSearchTool,
} from './search-tool.ts';

/** Something that the model may use. */
export type ResponseTool =
  | ResponseFunctionTool
  | ResponseCustomTool
  | ResponseNamespaceTool
  | ResponseMcpTool
  | ResponseFileSearchTool
  | ResponseWebSearchTool
  | ResponseWebSearchPreviewTool
  | ResponseToolSearchTool
  | ResponseComputerTool
  | ResponseComputerPreviewTool
  | ResponseCodeInterpreterTool
  | ResponseImageGenerationTool
  | ResponseLocalShellTool
  | ResponseShellTool
  | ResponseApplyPatchTool
  | ResponseProgrammaticToolCalling;
