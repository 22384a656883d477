import { NotFoundError, UnprocessableError, ValidationError } from '@integrations/errors';
import { toFile, toStreamingFile } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { FileObject } from './file-object.ts';

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

function upload(name: string, purpose: 'batch' | 'ocr' = 'ocr'): PromiseLike<FileObject> {
  return client.files.upload({ file: new File([name], name, { type: 'text/plain' }), purpose });
}

async function namesOf(files: AsyncIterable<FileObject>): Promise<string[]> {
  const names: string[] = [];
  for await (const { filename } of files) names.push(filename);
  return names;
}

describe('files', () => {
  it('are uploaded, retrieved, downloaded and deleted', async () => {
    const created = await client.files.upload({
      file: await toFile('{"a":1}\n', 'examples.jsonl', { type: 'application/jsonl' }),
      purpose: 'batch',
      visibility: 'user',
      expiry: 2,
    });
    expect(created).toMatchObject({
      object: 'file',
      filename: 'examples.jsonl',
      bytes: 8,
      purpose: 'batch',
      sample_type: 'batch_request',
      source: 'upload',
      num_lines: 1,
      visibility: 'user',
      expires_at: created.created_at + 7200,
    });
    expect(simulator.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/files',
      body: {
        purpose: 'batch',
        visibility: 'user',
        expiry: '2',
        file: { filename: 'examples.jsonl', content_type: 'application/jsonl', bytes: 8 },
      },
    });
    const { id } = created;
    expect(await client.files.retrieve(id)).toMatchObject({ id, deleted: false });
    expect(await (await client.files.download(id)).text()).toBe('{"a":1}\n');
    expect(await client.files.delete(id)).toMatchObject({ id, object: 'file', deleted: true });
    for (const method of ['retrieve', 'delete', 'download', 'signedUrl'] as const) {
      await expect(client.files[method](id)).rejects.toBeInstanceOf(NotFoundError);
    }
  });

  it('leave out what is not said', async () => {
    await client.files.upload({ file: new Blob(['{}']) });
    expect(Object.keys(simulator.requests[0]?.body as object)).toEqual(['file']);
  });

  it.each([
    ['bytes', () => new Uint8Array([0, 255, 13, 10])],
    ['a blob', () => new Blob([new Uint8Array([0, 255, 13, 10])])],
    ['a response', () => new Response(new Uint8Array([0, 255, 13, 10]))],
    ['a stream', () => toStreamingFile([new Uint8Array([0, 255]), new Uint8Array([13, 10])], 'x')],
  ])('come back as they were: %s', async (_what, make) => {
    const { id } = await client.files.upload({ file: make(), purpose: 'ocr' });
    const content = await client.files.download(id);
    expect([...(await content.bytes())]).toEqual([0, 255, 13, 10]);
  });

  it('have addresses that need no key, for as long as is asked', async () => {
    const { id } = await upload('signed');
    const { url } = await client.files.signedUrl(id, { expiry: 168 });
    expect(simulator.requests.at(-1)).toMatchObject({
      path: `/v1/files/${id}/url`,
      query: '?expiry=168',
    });
    expect(await (await fetch(url)).text()).toBe('signed');
    expect((await fetch(url.replace('sig=', 'sig=0'))).status).toBe(403);
    await client.files.signedUrl(id);
    expect(simulator.requests.at(-1)?.query).toBe('');
    await expect(client.files.signedUrl(id, { expiry: 169 })).rejects.toBeInstanceOf(
      UnprocessableError,
    );
  });

  it('are listed from page 0, newest first, and by whatever they are asked for', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) await upload(name);
    const page = await client.files.list({ search: 'page-', page_size: 2 });
    expect(page.data.map(({ filename }) => filename)).toEqual(['page-c', 'page-b']);
    expect(page.total).toBe(3);
    expect(page.hasNextPage()).toBe(true);
    expect(await namesOf(client.files.list({ search: 'page-', page_size: 2 }))).toEqual([
      'page-c',
      'page-b',
      'page-a',
    ]);
    simulator.clearRequests();
    await client.files.list({
      page: 1,
      page_size: 10,
      include_total: true,
      sample_type: ['batch_request', 'batch_result'],
      source: ['upload', 'mistral'],
      search: 'a b&c',
      purpose: 'batch',
      mimetypes: ['text/plain', 'application/jsonl'],
    });
    expect([...new URLSearchParams(simulator.requests[0]?.query)]).toEqual([
      ['page', '1'],
      ['page_size', '10'],
      ['include_total', 'true'],
      ['sample_type', 'batch_request'],
      ['sample_type', 'batch_result'],
      ['source', 'upload'],
      ['source', 'mistral'],
      ['search', 'a b&c'],
      ['purpose', 'batch'],
      ['mimetypes', 'text/plain'],
      ['mimetypes', 'application/jsonl'],
    ]);
  });

  it('are all listed where the total is not told', async () => {
    for (const name of ['whole-a', 'whole-b', 'whole-c']) await upload(name);
    const query = { search: 'whole-', page_size: 2, include_total: false };
    expect(await namesOf(client.files.list(query))).toHaveLength(3);
    expect(await namesOf(client.files.list(null))).not.toHaveLength(0);
  });

  it('are refused by the API in words that name the field', async () => {
    const failing = client.files.list({ page_size: 0 });
    await expect(failing).rejects.toBeInstanceOf(UnprocessableError);
    await expect(failing).rejects.toMatchObject({ status: 422 });
  });

  it.each([
    [{ purpose: 'batch' }, 'file'],
    [{ file: 'a text' }, 'file'],
    [{ file: new Blob(['a']), purpose: 'fun' }, 'purpose'],
    [{ file: new Blob(['a']), visibility: 'all' }, 'visibility'],
    [{ file: new Blob(['a']), expiry: 0 }, 'expiry'],
    [{ file: new Blob(['a']), expiry: 1.5 }, 'expiry'],
  ])('are not sent when they cannot be right: %#', async (request, field) => {
    const error: unknown = await client.files
      .upload(request as never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(field);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each(['retrieve', 'delete', 'download', 'signedUrl'] as const)(
    '%s sends nothing without an id',
    async (method) => {
      await expect(client.files[method]('')).rejects.toBeInstanceOf(ValidationError);
      expect(simulator.requests).toHaveLength(0);
    },
  );
});
