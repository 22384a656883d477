import type { ItemStatus } from './item-status.ts';

/** Why a call of an MCP server failed. */
export type ResponseMcpToolCallError =
  | { type: 'mcp_protocol_error'; code: number; message: string }
  | { type: 'mcp_tool_execution_error'; content: unknown }
  | { type: 'http_error'; code: number; message: string };

/** What an MCP server offers. */
export interface ResponseMcpListTools {
  id: string;
  type: 'mcp_list_tools';
  server_label: string;
  tools: {
    name: string;
    /** A JSON schema. */
    input_schema: unknown;
    annotations?: unknown;
    description?: string | null;
  }[];
  error?: string | null;
}

/** A call that a person has to approve. */
export interface ResponseMcpApprovalRequest {
  id: string;
  type: 'mcp_approval_request';
  name: string;
  /** JSON text. */
  arguments: string;
  server_label: string;
}

/** What the person said. */
export interface ResponseMcpApprovalResponse {
  id: string;
  type: 'mcp_approval_response';
  approval_request_id: string;
  approve: boolean;
  reason?: string | null;
}

/** What the person said, passed in. */
export type ResponseMcpApprovalInput = Omit<ResponseMcpApprovalResponse, 'id'> & {
  id?: string | null;
};

/** A call of a tool on an MCP server. */
export interface ResponseMcpCall {
  id: string;
  type: 'mcp_call';
  name: string;
  /** JSON text. */
  arguments: string;
  server_label: string;
  approval_request_id?: string | null;
  error?: ResponseMcpToolCallError | null;
  output?: string | null;
  status?: ItemStatus | 'calling' | 'failed';
}
