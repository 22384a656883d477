/** A model that the key may use. */
export interface Model {
  id: string;
  object: 'model';
  /** Seconds since 1970. */
  created: number;
  owned_by: string;
  /** When the provider will switch it off, if that is known. */
  shutdown_date?: string | null;
}

/** All models that the key may use. */
export interface ModelList {
  object: 'list';
  data: Model[];
}

/** A model was deleted. */
export interface ModelDeleted {
  id: string;
  object: string;
  deleted: boolean;
}
