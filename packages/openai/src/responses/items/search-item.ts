import type { ResponseTool } from '../tools/tool.ts';
import type { ItemStatus, OptionalIdentity } from './item-status.ts';

/** A piece of a file that a search found. */
export interface ResponseFileSearchResult {
  attributes?: Record<string, string | number | boolean> | null;
  file_id?: string;
  filename?: string;
  /** From 0 to 1. */
  score?: number;
  text?: string;
}

/** A search in your files. */
export interface ResponseFileSearchToolCall {
  id: string;
  type: 'file_search_call';
  queries: string[];
  status: ItemStatus | 'searching' | 'failed';
  results?: ResponseFileSearchResult[] | null;
}

/** What was done on the web. */
export type ResponseWebSearchAction =
  | {
      type: 'search';
      queries?: string[];
      /** @deprecated The API's older form of `queries`. */
      query?: string;
      sources?: { type: 'url'; url: string }[];
    }
  | { type: 'open_page'; url?: string | null }
  | { type: 'find_in_page'; pattern: string; url: string };

/** A search on the web. */
export interface ResponseFunctionWebSearch {
  id: string;
  type: 'web_search_call';
  action: ResponseWebSearchAction;
  status: ItemStatus | 'searching' | 'failed';
}

/** A search for tools that were not loaded at first. */
export interface ResponseToolSearchCall {
  id: string;
  type: 'tool_search_call';
  arguments: unknown;
  call_id: string | null;
  execution: 'server' | 'client';
  status: ItemStatus;
  created_by?: string;
}

/** A search for tools, passed in. */
export interface ResponseToolSearchCallInput extends OptionalIdentity {
  type: 'tool_search_call';
  arguments: unknown;
  call_id?: string | null;
  execution?: 'server' | 'client';
}

/** The tools that a search found. */
export interface ResponseToolSearchOutputItem {
  id: string;
  type: 'tool_search_output';
  call_id: string | null;
  execution: 'server' | 'client';
  status: ItemStatus;
  tools: ResponseTool[];
  created_by?: string;
}

/** The tools that a search found, passed in. */
export interface ResponseToolSearchOutputInput extends OptionalIdentity {
  type: 'tool_search_output';
  tools: ResponseTool[];
  call_id?: string | null;
  execution?: 'server' | 'client';
}
