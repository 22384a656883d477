import type {
  VectorStoreFileQuery,
  InVectorStore,
  VectorStoreFileRequest,
} from '../files/vector-store-file-request.ts';
import type { VectorStoreFileStatus } from '../files/vector-store-file.ts';
import type { FileAttributes } from '../attributes.ts';
import type { ChunkingStrategyRequest } from '../chunking-strategy.ts';
import type { VectorStoreFileCounts } from '../vector-store.ts';

/** Files that were added to a vector store together. */
export interface VectorStoreFileBatch {
  id: string;
  object: 'vector_store.files_batch';
  /** Seconds since 1970. */
  created_at: number;
  file_counts: VectorStoreFileCounts;
  /** `completed` also where some of the files failed. */
  status: VectorStoreFileStatus;
  vector_store_id: string;
}

/** Up to 2000 files to add: `file_ids`, or `files` where each has settings of its own. */
export interface VectorStoreFileBatchRequest {
  readonly file_ids?: readonly string[] | undefined;
  readonly files?: readonly VectorStoreFileRequest[] | undefined;
  /** Of all `file_ids`. */
  readonly attributes?: Readonly<FileAttributes> | null | undefined;
  /** Of all `file_ids`. @default auto, by the API */
  readonly chunking_strategy?: ChunkingStrategyRequest | undefined;
}

/** Which files of a batch to list. */
export interface VectorStoreFileBatchQuery extends VectorStoreFileQuery, InVectorStore {}

/** Files to upload and to add. */
export interface VectorStoreUpload<File> {
  readonly files: readonly File[];
  /** Ids of files that are there already. @default none */
  readonly fileIds?: readonly string[] | undefined;
}
