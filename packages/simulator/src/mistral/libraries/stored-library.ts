import type { Identifiers } from '../../identifiers.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { isoTime } from '../../wall-time.ts';
import { OWNER_ID } from '../owner.ts';
import { nextUuid } from '../uuid.ts';
import type { LibraryAccess } from './library-access.ts';
import type { StoredDocument } from './stored-document.ts';

/** What may be said of a library. */
export interface LibrarySettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly ownerType: string;
  readonly chunkSize: number | undefined;
}

/** A library, with all that is in it. */
export interface StoredLibrary {
  readonly id: string;
  readonly createdAt: string;
  readonly ownerType: string;
  readonly chunkSize: number | undefined;
  readonly documents: StoredObjects<StoredDocument>;
  /** By the id of who has it. */
  readonly accesses: Map<string, LibraryAccess>;
  name: string;
  description: string | undefined;
  updatedAt: string;
}

export function makeLibrary(identifiers: Identifiers, settings: LibrarySettings): StoredLibrary {
  const now = isoTime();
  return {
    ...settings,
    id: nextUuid(identifiers, 'library'),
    createdAt: now,
    updatedAt: now,
    documents: new StoredObjects<StoredDocument>('document'),
    accesses: new Map(),
  };
}

/** A library as the API shows it. */
export function libraryObject(library: StoredLibrary): object {
  const documents = library.documents.all;
  return {
    id: library.id,
    name: library.name,
    created_at: library.createdAt,
    updated_at: library.updatedAt,
    owner_id: OWNER_ID,
    owner_type: library.ownerType,
    total_size: documents.reduce((sum, { file }) => sum + file.bytes.length, 0),
    nb_documents: documents.length,
    chunk_size: library.chunkSize ?? null,
    emoji: null,
    description: library.description ?? null,
    generated_description: null,
    explicit_user_members_count: null,
    explicit_workspace_members_count: null,
    org_sharing_role: null,
    generated_name: null,
  };
}
