import type { AllowedCaller } from '../items/item-status.ts';

/** Some of the tools of a server. */
export interface McpToolFilter {
  read_only?: boolean;
  tool_names?: string[];
}

/** Lets the model call the tools of an MCP server. */
export interface ResponseMcpTool {
  type: 'mcp';
  server_label: string;
  allowed_callers?: AllowedCaller[] | null;
  allowed_tools?: string[] | McpToolFilter | null;
  /** A token for the server; it is not kept. */
  authorization?: string;
  /** @deprecated Name the server by `server_url`. */
  connector_id?:
    | 'connector_dropbox'
    | 'connector_gmail'
    | 'connector_googlecalendar'
    | 'connector_googledrive'
    | 'connector_microsoftteams'
    | 'connector_outlookcalendar'
    | 'connector_outlookemail'
    | 'connector_sharepoint';
  defer_loading?: boolean;
  headers?: Record<string, string> | null;
  require_approval?: { always?: McpToolFilter; never?: McpToolFilter } | 'always' | 'never' | null;
  server_description?: string;
  server_url?: string;
  tunnel_id?: string;
}
