import type { LibraryPagination } from './pagination.ts';

/** Documents that models can search. Times are ISO 8601. */
export interface Library {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
  owner_id: string | null;
  /** `User` or `Workspace`. */
  owner_type: string;
  /** Of all documents, in bytes. */
  total_size: number;
  /** How many documents there are. */
  nb_documents: number;
  description?: string | null;
  /** @deprecated In characters. */
  chunk_size?: number | null;
  /** @deprecated */
  emoji?: string | null;
  /** @deprecated */
  generated_name?: string | null;
  /** @deprecated */
  generated_description?: string | null;
  /** @deprecated */
  explicit_user_members_count?: number | null;
  /** @deprecated */
  explicit_workspace_members_count?: number | null;
  /** @deprecated */
  org_sharing_role?: string | null;
}

/** A page of libraries, as the API sends it. */
export interface LibraryPage {
  data: Library[];
  /** What the next page is asked for with; null where there is none. */
  next_page_token?: string | null;
  /** @deprecated Only there where pages are asked for by their number. */
  pagination?: LibraryPagination | null;
}
