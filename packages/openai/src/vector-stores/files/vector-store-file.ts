import type { FileAttributes } from '../attributes.ts';
import type { ChunkingStrategy } from '../chunking-strategy.ts';

/** Where a file, or a batch of them, stands with a vector store. */
export type VectorStoreFileStatus = 'in_progress' | 'completed' | 'cancelled' | 'failed';

/** A file in a vector store; its id is that of the file. */
export interface VectorStoreFile {
  id: string;
  object: 'vector_store.file';
  /** Seconds since 1970. */
  created_at: number;
  /** Why the file cannot be searched. */
  last_error: {
    code: 'server_error' | 'unsupported_file' | 'invalid_file';
    message: string;
  } | null;
  status: VectorStoreFileStatus;
  usage_bytes: number;
  vector_store_id: string;
  attributes?: FileAttributes | null;
  chunking_strategy?: ChunkingStrategy;
}

/** A file was taken out of a vector store; it is kept otherwise. */
export interface VectorStoreFileDeleted {
  id: string;
  object: 'vector_store.file.deleted';
  deleted: boolean;
}

/** A piece of what the API has read in a file. */
export interface VectorStoreFileContent {
  type?: string;
  text?: string;
}

/** All that the API has read in a file. */
export interface VectorStoreFileContentPage {
  object: string;
  data: VectorStoreFileContent[];
}
