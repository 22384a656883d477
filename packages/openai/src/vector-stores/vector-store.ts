/** How many files of a vector store stand how. */
export interface VectorStoreFileCounts {
  cancelled: number;
  completed: number;
  failed: number;
  in_progress: number;
  total: number;
}

/** When a vector store is deleted by itself. */
export interface VectorStoreExpiry {
  /** What the time is counted from. */
  anchor: 'last_active_at';
  /** From 1 to 365. */
  days: number;
}

/** Files that can be searched by meaning. Times are seconds since 1970. */
export interface VectorStore {
  id: string;
  object: 'vector_store';
  created_at: number;
  file_counts: VectorStoreFileCounts;
  last_active_at: number | null;
  metadata: Record<string, string> | null;
  name: string;
  /** `completed`: all files can be searched. */
  status: 'expired' | 'in_progress' | 'completed';
  usage_bytes: number;
  expires_after?: VectorStoreExpiry;
  expires_at?: number | null;
}

/** A vector store was deleted; its files were not. */
export interface VectorStoreDeleted {
  id: string;
  object: 'vector_store.deleted';
  deleted: boolean;
}
