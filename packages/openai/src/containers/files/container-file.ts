import type { Uploadable } from '@integrations/provider';

/** A file in a container. */
export interface ContainerFile {
  id: string;
  object: 'container.file';
  /** Its size. */
  bytes: number;
  container_id: string;
  /** Seconds since 1970. */
  created_at: number;
  /** Where code in the container finds it. */
  path: string;
  /** Who put it there: `user` or `assistant`. */
  source: string;
}

/** A file to put into a container: one of yours, or one that the API keeps. */
export interface ContainerFileRequest {
  readonly file?: Uploadable | undefined;
  readonly file_id?: string | undefined;
}

/** The container that a file belongs to. */
export interface InContainer {
  readonly container_id: string;
}
