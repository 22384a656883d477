/** What a library can be shared with. */
export type LibraryAccessEntityType = 'User' | 'Workspace' | 'Org';

/** Somebody may use a library. */
export interface LibraryAccess {
  library_id: string;
  /** `Viewer`, `Editor`, or `Owner`. */
  role: string;
  share_with_type: string;
  share_with_uuid: string | null;
  /** @deprecated */
  org_id?: string;
  /** @deprecated */
  user_id?: string | null;
}

/** All accesses to a library. */
export interface LibraryAccessList {
  data: LibraryAccess[];
}

/** Whose access is meant. */
export interface LibraryAccessEntity {
  /** Id of the user, the workspace or the organization. */
  readonly share_with_uuid: string;
  readonly share_with_type: LibraryAccessEntityType;
  /** @deprecated */
  readonly org_id?: string | null | undefined;
}

/** Who may do what. */
export interface LibraryAccessRequest extends LibraryAccessEntity {
  readonly level: 'Viewer' | 'Editor';
}
