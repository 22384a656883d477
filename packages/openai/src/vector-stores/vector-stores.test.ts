import {
  BadRequestError,
  ConfigurationError,
  JobFailedError,
  NotFoundError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const FAST = { pollInterval: 1 } as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

async function fileOf(text: string | Uint8Array<ArrayBuffer>, name = 'a.txt'): Promise<string> {
  const file = new File([text], name);
  return (await client.files.create({ file, purpose: 'assistants' })).id;
}

async function emptyStore(): Promise<{ readonly vector_store_id: string }> {
  return { vector_store_id: (await client.vectorStores.create()).id };
}

describe('vectorStores', () => {
  it('are made, changed, listed and deleted', async () => {
    const created = await client.vectorStores.create({
      name: 'notes',
      metadata: { team: 'a' },
      expires_after: { anchor: 'last_active_at', days: 2 },
      file_ids: [await fileOf('a ledger')],
      chunking_strategy: { type: 'auto' },
    });
    expect(created).toMatchObject({
      object: 'vector_store',
      name: 'notes',
      status: 'in_progress',
      file_counts: { in_progress: 1, total: 1 },
      expires_after: { days: 2 },
    });
    const { id } = created;
    expect(await client.vectorStores.retrieve(id)).toMatchObject({ id, status: 'completed' });
    const changed = await client.vectorStores.update(id, { name: 'other', expires_after: null });
    expect(changed).toMatchObject({ name: 'other', metadata: { team: 'a' }, expires_at: null });
    const { data } = await client.vectorStores.list({ limit: 1 });
    expect(data[0]?.id).toBe(id);
    expect(await client.vectorStores.delete(id)).toMatchObject({ id, deleted: true });
    await expect(client.vectorStores.retrieve(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('ask for the version of the API that has them, unless the caller has another', async () => {
    const headers = { 'openai-beta': 'other=v1' };
    await client.vectorStores.list();
    await client.vectorStores.list(null, { headers });
    const sent = simulator.requests.map(({ headers: seen }) => seen['openai-beta']);
    expect(sent).toEqual(['assistants=v2', 'other=v1']);
  });

  it('find what is nearest to a question', async () => {
    const store = await emptyStore();
    const id = store.vector_store_id;
    const texts = [
      ['breaker', 'A circuit breaker opens after five failures in a row.'],
      ['bread', 'Bread needs flour, water and salt.'],
      ['ledger', 'A ledger keeps every entry.'],
    ] as const;
    for (const [name, text] of texts) {
      await client.vectorStores.files.createAndPoll(
        id,
        { file_id: await fileOf(text, name), attributes: { name, length: text.length } },
        FAST,
      );
    }
    const found = await client.vectorStores.search(id, { query: 'When does the breaker open?' });
    expect(found.data[0]).toMatchObject({
      filename: 'breaker',
      content: [{ type: 'text', text: texts[0][1] }],
      attributes: { name: 'breaker' },
    });
    expect(found.data).toHaveLength(3);
    expect(found.hasNextPage()).toBe(false);
    const names: string[] = [];
    const filtered = client.vectorStores.search(id, {
      query: ['What', 'is kept?'],
      max_num_results: 5,
      filters: {
        type: 'and',
        filters: [
          { type: 'ne', key: 'name', value: 'breaker' },
          { type: 'lt', key: 'length', value: 30 },
        ],
      },
    });
    for await (const { filename } of filtered) names.push(filename);
    expect(names).toEqual(['ledger']);
  });

  it.each([
    ['create', () => client.vectorStores.create({ file_ids: [''] }), 'file_ids[0]'],
    ['retrieve', () => client.vectorStores.retrieve(''), 'vector_store_id'],
    [
      'update',
      () =>
        client.vectorStores.update('vs', { expires_after: { anchor: 'last_active_at', days: 0 } }),
      'expires_after.days',
    ],
    ['delete', () => client.vectorStores.delete('..'), undefined],
    [
      'search',
      () => client.vectorStores.search('vs', { query: 'a', max_num_results: 51 }),
      'max_num_results',
    ],
    ['files.create', () => client.vectorStores.files.create('vs', {} as never), 'file_id'],
    [
      'files.retrieve',
      () => client.vectorStores.files.retrieve('f', {} as never),
      'vector_store_id',
    ],
    [
      'files.update',
      () => client.vectorStores.files.update('f', { vector_store_id: 'vs' } as never),
      'attributes',
    ],
    ['files.list', () => client.vectorStores.files.list(''), 'vector_store_id'],
    [
      'files.delete',
      () => client.vectorStores.files.delete('', { vector_store_id: 'v' }),
      'file_id',
    ],
    [
      'files.content',
      () => client.vectorStores.files.content('', { vector_store_id: 'v' }),
      'file_id',
    ],
    [
      'fileBatches.create',
      () => client.vectorStores.fileBatches.create('vs', { file_ids: ['a'], files: [] }),
      'files',
    ],
    [
      'fileBatches.retrieve',
      () => client.vectorStores.fileBatches.retrieve('b', undefined as never),
      'vector_store_id',
    ],
    [
      'fileBatches.cancel',
      () => client.vectorStores.fileBatches.cancel('', { vector_store_id: 'v' }),
      'batch_id',
    ],
    [
      'fileBatches.listFiles',
      () => client.vectorStores.fileBatches.listFiles('', { vector_store_id: 'v' }),
      'batch_id',
    ],
  ])('%s sends nothing that cannot be right', async (_method, call, field) => {
    const error: unknown = await Promise.resolve(call()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    if (field !== undefined) expect((error as ValidationError).issues[0]?.path).toBe(field);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('vectorStores.files', () => {
  it('are added, tagged, read, listed and taken out', async () => {
    const store = await emptyStore();
    const id = await fileOf('a ledger');
    const files = client.vectorStores.files;
    const added = await files.create(store.vector_store_id, {
      file_id: id,
      chunking_strategy: {
        type: 'static',
        static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 10 },
      },
    });
    expect(added).toMatchObject({ id, status: 'in_progress', ...store });
    expect(await files.waitFor(id, store, FAST)).toMatchObject({ id, status: 'completed' });
    const tagged = await files.update(id, { ...store, attributes: { team: 'a' } });
    expect(tagged.attributes).toEqual({ team: 'a' });
    const content = await files.content(id, store);
    expect(content.data).toEqual([{ type: 'text', text: 'a ledger' }]);
    const listed = await files.list(store.vector_store_id, { filter: 'completed' });
    expect(listed.data.map((file) => file.id)).toEqual([id]);
    expect(await files.delete(id, store)).toMatchObject({ id, deleted: true });
    await expect(files.retrieve(id, store)).rejects.toBeInstanceOf(NotFoundError);
    expect(await client.files.retrieve(id)).toMatchObject({ id });
  });

  it('are in chunks that overlap', async () => {
    const store = await emptyStore();
    const words = Array.from({ length: 250 }, (_, at) => `w${at}`);
    const strategy = {
      type: 'static',
      static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 50 },
    } as const;
    const { id } = await client.vectorStores.files.createAndPoll(
      store.vector_store_id,
      { file_id: await fileOf(words.join(' ')), chunking_strategy: strategy },
      FAST,
    );
    const { data } = await client.vectorStores.files.content(id, store);
    expect(data.map(({ text }) => text?.trim().split(' ')[0])).toEqual([
      'w0',
      'w50',
      'w100',
      'w150',
    ]);
    expect(data.at(-1)?.text?.endsWith('w249')).toBe(true);
  });

  it('tell why they cannot be searched', async () => {
    const store = await emptyStore();
    const binary = await fileOf(new Uint8Array([0xff, 0xfe, 0]));
    const request = { file_id: binary };
    const polled = await client.vectorStores.files.createAndPoll(
      store.vector_store_id,
      request,
      FAST,
    );
    expect(polled).toMatchObject({ status: 'failed', last_error: { code: 'unsupported_file' } });
    const error: unknown = await client.vectorStores.files
      .waitFor(binary, store, FAST)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect((error as Error).message).toContain('not text');
  });

  it('are gone with the file itself', async () => {
    const store = await emptyStore();
    const { id } = await client.vectorStores.files.uploadAndPoll(
      store.vector_store_id,
      new File(['a'], 'a'),
      FAST,
    );
    await client.files.delete(id);
    const { file_counts } = await client.vectorStores.retrieve(store.vector_store_id);
    expect(file_counts.total).toBe(0);
  });
});

describe('vectorStores.fileBatches', () => {
  it('are added together', async () => {
    const store = await emptyStore();
    const ids = [await fileOf('one'), await fileOf('two'), await fileOf('three')];
    const batches = client.vectorStores.fileBatches;
    const created = await batches.create(store.vector_store_id, {
      files: ids.map((file_id, n) => ({ file_id, attributes: { n } })),
    });
    expect(created).toMatchObject({ status: 'in_progress', file_counts: { total: 3 } });
    const seen: number[] = [];
    const batch = await batches.waitFor(created.id, store, {
      ...FAST,
      onProgress: ({ file_counts }) => seen.push(file_counts.completed),
    });
    expect(batch.status).toBe('completed');
    expect(seen).toEqual([2, 3]);
    const files = await batches.listFiles(created.id, { ...store, order: 'asc', limit: 2 });
    expect(files.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(files.data[1]?.attributes).toEqual({ n: 1 });
    expect(files.hasNextPage()).toBe(true);
  });

  it('can be cancelled', async () => {
    const store = await emptyStore();
    const file_ids = [await fileOf('one')];
    const batches = client.vectorStores.fileBatches;
    const { id } = await batches.create(store.vector_store_id, { file_ids });
    expect(await batches.cancel(id, store)).toMatchObject({ status: 'cancelled' });
    await expect(batches.waitFor(id, store, FAST)).rejects.toMatchObject({ outcome: 'cancelled' });
    expect(await batches.poll(store.vector_store_id, id, FAST)).toMatchObject({
      file_counts: { cancelled: 1 },
    });
  });

  it('are uploaded and added', async () => {
    const store = await emptyStore();
    const batch = await client.vectorStores.fileBatches.uploadAndPoll(
      store.vector_store_id,
      {
        files: [new File(['one'], 'one'), new File([], 'empty')],
        fileIds: [await fileOf('two')],
      },
      { ...FAST, maxConcurrency: 1 },
    );
    expect(batch).toMatchObject({
      status: 'completed',
      file_counts: { completed: 2, failed: 1, total: 3 },
    });
  });

  it('refuse what cannot be right', async () => {
    const { fileBatches } = client.vectorStores;
    const none = fileBatches.uploadAndPoll('vs', { files: [] });
    await expect(none).rejects.toBeInstanceOf(ValidationError);
    const slow = fileBatches.uploadAndPoll('vs', { files: [new Blob([])] }, { maxConcurrency: 0 });
    await expect(slow).rejects.toBeInstanceOf(ConfigurationError);
    const store = await emptyStore();
    const unknown = fileBatches.create(store.vector_store_id, { file_ids: ['file-none'] });
    await expect(unknown).rejects.toBeInstanceOf(NotFoundError);
  });

  it('tell of a wrong filter', async () => {
    const { vector_store_id: id } = await emptyStore();
    const filters = { type: 'like', key: 'a', value: 'b' } as never;
    const search = client.vectorStores.search(id, { query: 'a', filters });
    await expect(search).rejects.toBeInstanceOf(BadRequestError);
  });
});
