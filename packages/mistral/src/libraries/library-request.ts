/** A library to make. */
export interface LibraryCreateRequest {
  readonly name: string;
  readonly description?: string | null | undefined;
  /** Who owns it. @default 'Workspace' for the key of a workspace, by the API */
  readonly owner_type?: 'User' | 'Workspace' | null | undefined;
  /** In characters, from 256 to 32768. @deprecated */
  readonly chunk_size?: number | null | undefined;
}

/** What is to change of a library. */
export interface LibraryUpdateRequest {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
}

/** Which libraries to list. */
export interface LibraryQuery {
  /** How many on a page, from 1 to 100. @default 100, by the API */
  readonly page_size?: number | undefined;
  /** Of a page that came before: its `next_page_token`. */
  readonly page_token?: string | undefined;
  /** Only those with this in their names, whatever its case. */
  readonly search?: string | undefined;
}
