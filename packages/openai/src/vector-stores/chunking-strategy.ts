/** The size of chunks, in tokens. */
export interface StaticChunking {
  /** Up to half of the size. @default 400, by the API */
  chunk_overlap_tokens: number;
  /** From 100 to 4096. @default 800, by the API */
  max_chunk_size_tokens: number;
}

/** Chunks of a size that was chosen. */
export interface StaticChunkingStrategy {
  type: 'static';
  static: StaticChunking;
}

/** How a file was cut into chunks; `other` for those from before there was a choice. */
export type ChunkingStrategy = StaticChunkingStrategy | { type: 'other' };

/** How a file is to be cut into chunks. */
export type ChunkingStrategyRequest =
  | { readonly type: 'auto' }
  | { readonly type: 'static'; readonly static: Readonly<StaticChunking> };
