import type * as Ours from '@integrations/openai';
import type * as Batches from 'openai/resources/vector-stores/file-batches';
import type * as Files from 'openai/resources/vector-stores/files';
import type * as Theirs from 'openai/resources/vector-stores/vector-stores';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of vector stores', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.VectorStoreCreateRequest, Theirs.VectorStoreCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreUpdateRequest, Theirs.VectorStoreUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.TwoWayCursorQuery, Theirs.VectorStoreListParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorSearchRequest, Theirs.VectorStoreSearchParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.VectorStore, Theirs.VectorStore>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreDeleted, Theirs.VectorStoreDeleted>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorSearchResult, Theirs.VectorStoreSearchResponse>
    >().toEqualTypeOf<true>();
  });

  it('files', () => {
    expectTypeOf<
      Mutual<Ours.VectorStoreFileRequest, Files.FileCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.InVectorStore, Files.FileRetrieveParams>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreFileUpdate, Files.FileUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.VectorStoreFileQuery, Files.FileListParams>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.VectorStoreFile, Files.VectorStoreFile>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreFileDeleted, Files.VectorStoreFileDeleted>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreFileContent, Files.FileContentResponse>
    >().toEqualTypeOf<true>();
  });

  it('batches of files', () => {
    expectTypeOf<
      Mutual<Ours.VectorStoreFileBatchRequest, Batches.FileBatchCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreFileBatchQuery, Batches.FileBatchListFilesParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.VectorStoreFileBatch, Batches.VectorStoreFileBatch>
    >().toEqualTypeOf<true>();
  });
});
