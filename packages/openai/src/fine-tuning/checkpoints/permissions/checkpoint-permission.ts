/** A project that may use a checkpoint. */
export interface CheckpointPermission {
  id: string;
  object: 'checkpoint.permission';
  /** Seconds since 1970. */
  created_at: number;
  project_id: string;
}

/** Which permissions to list. */
export interface CheckpointPermissionQuery {
  /** Id of the last permission before the page. */
  readonly after?: string | undefined;
  /** How many on a page. @default 10, by the API */
  readonly limit?: number | undefined;
  /** @default 'descending', by the API */
  readonly order?: 'ascending' | 'descending' | undefined;
  readonly project_id?: string | undefined;
}

/** A permission was taken back. */
export interface CheckpointPermissionDeleted {
  id: string;
  object: 'checkpoint.permission';
  deleted: boolean;
}
