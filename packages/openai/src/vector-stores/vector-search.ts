import type { AsRequest } from '@integrations/provider';
import type { ComparisonFilter, CompoundFilter } from '../responses/tools/search-tool.ts';
import type { FileAttributes } from './attributes.ts';

/** A question to the files of a vector store. */
export interface VectorSearchRequest {
  readonly query: string | readonly string[];
  /** Only files with such attributes. */
  readonly filters?: AsRequest<ComparisonFilter | CompoundFilter> | undefined;
  /** From 1 to 50. @default 10, by the API */
  readonly max_num_results?: number | undefined;
  readonly ranking_options?:
    | {
        readonly ranker?: 'none' | 'auto' | 'default-2024-11-15' | undefined;
        /** From 0 to 1. @default 0, by the API */
        readonly score_threshold?: number | undefined;
      }
    | undefined;
  /** Whether the API may word the question anew. @default false, by the API */
  readonly rewrite_query?: boolean | undefined;
}

/** A part of a file that answers a question. */
export interface VectorSearchResult {
  attributes: FileAttributes | null;
  content: { type: 'text'; text: string }[];
  file_id: string;
  filename: string;
  /** How near it is, from 0 to 1. */
  score: number;
}

/** What a search has found, best first. */
export interface VectorSearchPage {
  object: string;
  data: VectorSearchResult[];
}
