import type { TwoWayCursorQuery } from '../../cursor-list.ts';
import type { FileAttributes } from '../attributes.ts';
import type { ChunkingStrategyRequest } from '../chunking-strategy.ts';
import type { VectorStoreFileStatus } from './vector-store-file.ts';

/** The vector store that a file or a batch belongs to. */
export interface InVectorStore {
  readonly vector_store_id: string;
}

/** A file to add to a vector store. */
export interface VectorStoreFileRequest {
  /** Id of a file. */
  readonly file_id: string;
  readonly attributes?: Readonly<FileAttributes> | null | undefined;
  /** How it is cut into chunks. @default auto, by the API */
  readonly chunking_strategy?: ChunkingStrategyRequest | undefined;
}

/** Other attributes for a file. */
export interface VectorStoreFileUpdate extends InVectorStore {
  readonly attributes: Readonly<FileAttributes> | null;
}

/** Which files of a vector store to list. */
export interface VectorStoreFileQuery extends TwoWayCursorQuery {
  /** Only files that stand so. */
  readonly filter?: VectorStoreFileStatus | undefined;
}
