/** A condition on the attributes of a file. */
export interface ComparisonFilter {
  key: string;
  type: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin';
  value: string | number | boolean | (string | number)[];
}

/** Conditions that hold together or one by one; each may be such a group itself. */
export interface CompoundFilter {
  type: 'and' | 'or';
  filters: unknown[];
}

/** Lets the model search your files. */
export interface ResponseFileSearchTool {
  type: 'file_search';
  vector_store_ids: string[];
  filters?: ComparisonFilter | CompoundFilter | null;
  /** From 1 to 50. */
  max_num_results?: number;
  ranking_options?: {
    hybrid_search?: { embedding_weight: number; text_weight: number };
    ranker?: 'auto' | 'default-2024-11-15';
    /** From 0 to 1. */
    score_threshold?: number;
  };
}

interface Place {
  city?: string | null;
  /** Two letters, as in ISO 3166-1. */
  country?: string | null;
  region?: string | null;
  /** An IANA name. */
  timezone?: string | null;
}

/** Lets the model search the web. */
export interface ResponseWebSearchTool {
  type: 'web_search' | 'web_search_2025_08_26';
  external_web_access?: boolean;
  filters?: { allowed_domains?: string[] | null } | null;
  search_context_size?: 'low' | 'medium' | 'high';
  user_location?: (Place & { type?: 'approximate' }) | null;
}

/** Lets the model search the web, the older way. */
export interface ResponseWebSearchPreviewTool {
  type: 'web_search_preview' | 'web_search_preview_2025_03_11';
  search_content_types?: ('text' | 'image')[];
  search_context_size?: 'low' | 'medium' | 'high';
  user_location?: (Place & { type: 'approximate' }) | null;
}

/** Lets the model search for tools that are not loaded. */
export interface ResponseToolSearchTool {
  type: 'tool_search';
  description?: string | null;
  execution?: 'server' | 'client';
  /** A JSON schema. */
  parameters?: unknown;
}
