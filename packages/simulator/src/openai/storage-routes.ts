import type { Identifiers } from '../identifiers.ts';
import type { Route } from '../protocol.ts';
import { batchRoutes } from './batches/batch-routes.ts';
import { containerRoutes } from './containers/container-routes.ts';
import { fileRoutes } from './files/file-routes.ts';
import { FileStore } from './files/file-store.ts';
import { uploadRoutes } from './uploads/upload-routes.ts';
import { vectorStoreRoutes } from './vector-stores/vector-store-routes.ts';

/** What files and all that works on them are made with. */
export interface StorageSettings {
  readonly identifiers: Identifiers;
  /** All that the simulator answers, for the lines of batches. */
  readonly routes: readonly Route[];
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Files, and what is made of files: uploads, batches, vector stores, containers. */
export function storageRoutes(settings: StorageSettings): Route[] {
  const files = new FileStore(settings.identifiers, settings.now);
  return [
    ...fileRoutes(files),
    ...uploadRoutes({ ...settings, files }),
    ...batchRoutes({ ...settings, files }),
    ...vectorStoreRoutes({ ...settings, files }),
    ...containerRoutes({ ...settings, files }),
  ];
}
