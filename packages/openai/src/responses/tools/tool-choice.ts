/** Tools of the API's own that can be asked for by their type alone. */
type HostedToolType =
  | 'file_search'
  | 'web_search_preview'
  | 'web_search_preview_2025_03_11'
  | 'computer'
  | 'computer_use_preview'
  | 'computer_use'
  | 'image_generation'
  | 'code_interpreter'
  | 'mcp';

/** Which tool, if any, the model must use. */
export type ResponseToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { type: 'function'; name: string }
  | { type: 'custom'; name: string }
  | { type: 'mcp'; server_label: string; name?: string | null }
  | { type: 'allowed_tools'; mode: 'auto' | 'required'; tools: Record<string, unknown>[] }
  | { type: 'apply_patch' }
  | { type: 'shell' }
  | { type: 'programmatic_tool_calling' }
  | { type: HostedToolType };
