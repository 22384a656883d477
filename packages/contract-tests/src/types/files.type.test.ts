import type * as Ours from '@integrations/openai';
import type * as Batches from 'openai/resources/batches';
import type * as Containers from 'openai/resources/containers/containers';
import type * as ContainerFiles from 'openai/resources/containers/files/files';
import type * as Theirs from 'openai/resources/files';
import type * as Parts from 'openai/resources/uploads/parts';
import type * as Uploads from 'openai/resources/uploads/uploads';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of files', () => {
  it('requests, whose files may be more kinds of things here', () => {
    expectTypeOf<
      Mutual<Omit<Ours.FileCreateRequest, 'file'>, Omit<Theirs.FileCreateParams, 'file'>>
    >().toEqualTypeOf<true>();
    expectTypeOf<Blob | Response | ReadableStream<Uint8Array>>().toExtend<Ours.Uploadable>();
    expectTypeOf<Mutual<Ours.FilePurpose, Theirs.FilePurpose>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.FileQuery, Theirs.FileListParams>>().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.FileObject, Theirs.FileObject>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.FileDeleted, Theirs.FileDeleted>>().toEqualTypeOf<true>();
  });
});

describe('types of uploads', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.UploadCreateRequest, Uploads.UploadCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.UploadCompleteRequest, Uploads.UploadCompleteParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<keyof Ours.PartCreateRequest>().toEqualTypeOf<keyof Parts.PartCreateParams>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Upload, Uploads.Upload>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.UploadPart, Parts.UploadPart>>().toEqualTypeOf<true>();
  });
});

describe('types of batches', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.BatchCreateRequest, Batches.BatchCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.CursorQuery, Batches.BatchListParams>>().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Batch, Batches.Batch>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.BatchError, Batches.BatchError>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.BatchUsage, Batches.BatchUsage>>().toEqualTypeOf<true>();
  });

  it('of the answers that an endpoint gives', () => {
    expectTypeOf<Ours.BatchAnswer<'/v1/chat/completions'>>().toEqualTypeOf<Ours.ChatCompletion>();
    expectTypeOf<Ours.BatchAnswer<'/v1/videos'>>().toEqualTypeOf<unknown>();
  });
});

describe('types of containers', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.ContainerCreateRequest, Containers.ContainerCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ContainerQuery, Containers.ContainerListParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Omit<Ours.ContainerFileRequest, 'file'>, Omit<ContainerFiles.FileCreateParams, 'file'>>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.InContainer, ContainerFiles.FileRetrieveParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<
      Mutual<Ours.Container, Containers.ContainerCreateResponse>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.Container, Containers.ContainerListResponse>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ContainerFile, ContainerFiles.FileCreateResponse>
    >().toEqualTypeOf<true>();
  });
});
