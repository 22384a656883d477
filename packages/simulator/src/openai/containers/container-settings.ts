import type { Identifiers } from '../../identifiers.ts';
import type { FileStore } from '../files/file-store.ts';

/** What containers are made with. */
export interface ContainerSettings {
  readonly identifiers: Identifiers;
  readonly files: FileStore;
  /** Seconds since 1970. */
  readonly now: () => number;
}
