import type { ChunkingStrategyRequest } from './chunking-strategy.ts';
import type { VectorStoreExpiry } from './vector-store.ts';

/** A vector store to make. */
export interface VectorStoreCreateRequest {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Ids of files to add. */
  readonly file_ids?: readonly string[] | undefined;
  /** How they are cut into chunks. @default auto, by the API */
  readonly chunking_strategy?: ChunkingStrategyRequest | undefined;
  readonly expires_after?: Readonly<VectorStoreExpiry> | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
}

/** What is to change of a vector store. */
export interface VectorStoreUpdateRequest {
  readonly name?: string | null | undefined;
  /** Null for never. */
  readonly expires_after?: Readonly<VectorStoreExpiry> | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
}
