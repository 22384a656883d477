import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

let both: BothClients;

beforeEach(async () => {
  both = await connectBoth();
});

afterEach(() => both[Symbol.asyncDispose]());

/** Makes the same call with each client, whose requests and results must be equal. */
async function compare<T>(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<T> {
  return (await compareCalls(both, { ours, theirs })) as T;
}

interface WithId {
  readonly id: string;
}

async function upload(text: string): Promise<string> {
  const request = { file: new File([text], 'a.txt'), purpose: 'assistants' as const };
  const { id } = await compare<WithId>(
    (client) => client.files.create(request),
    (client) => client.files.create(request),
  );
  return id;
}

async function makeStore(parameters: object = {}): Promise<string> {
  const { id } = await compare<WithId>(
    (client) => client.vectorStores.create(parameters),
    (client) => client.vectorStores.create(parameters),
  );
  return id;
}

describe('vectorStores', () => {
  it('are made, changed, listed and deleted', async () => {
    const id = await makeStore({
      name: 'notes',
      description: 'what was said',
      metadata: { team: 'a' },
      expires_after: { anchor: 'last_active_at', days: 2 },
      file_ids: [await upload('a ledger')],
      chunking_strategy: {
        type: 'static',
        static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 10 },
      },
    });
    await makeStore();
    await compare(
      (client) => client.vectorStores.retrieve(id),
      (client) => client.vectorStores.retrieve(id),
    );
    await compare(
      (client) => client.vectorStores.update(id, { name: null, metadata: { team: 'b' } }),
      (client) => client.vectorStores.update(id, { name: null, metadata: { team: 'b' } }),
    );
    const all = await compare<unknown[]>(
      (client) => collectItems(client.vectorStores.list({ limit: 1, order: 'asc' })),
      (client) => collectItems(client.vectorStores.list({ limit: 1, order: 'asc' })),
    );
    expect(all).toHaveLength(2);
    await compare(
      (client) => client.vectorStores.delete(id),
      (client) => client.vectorStores.delete(id),
    );
    await compareFailures(both, {
      ours: (client) => client.vectorStores.retrieve(id),
      theirs: (client) => client.vectorStores.retrieve(id),
    });
  });

  it('are searched', async () => {
    const id = await makeStore({ file_ids: [await upload('a ledger'), await upload('a journal')] });
    await compare(
      (client) => client.vectorStores.retrieve(id),
      (client) => client.vectorStores.retrieve(id),
    );
    const request = {
      query: ['what is', 'a ledger?'],
      max_num_results: 3,
      rewrite_query: false,
      ranking_options: { ranker: 'auto' as const, score_threshold: 0.01 },
      filters: {
        type: 'or' as const,
        filters: [{ type: 'ne' as const, key: 'team', value: 'b' }],
      },
    };
    const found = await compare<unknown[]>(
      (client) => collectItems(client.vectorStores.search(id, request)),
      (client) => collectItems(client.vectorStores.search(id, request)),
    );
    expect(found).toHaveLength(2);
  });
});

describe('vectorStores.files', () => {
  it('are added, tagged, read, listed and taken out', async () => {
    const store = { vector_store_id: await makeStore() };
    const id = await upload('a ledger');
    const request = { file_id: id, attributes: { team: 'a', n: 1, old: false } };
    await compare(
      (client) => client.vectorStores.files.create(store.vector_store_id, request),
      (client) => client.vectorStores.files.create(store.vector_store_id, request),
    );
    await compare(
      (client) => client.vectorStores.files.poll(store.vector_store_id, id),
      (client) => client.vectorStores.files.poll(store.vector_store_id, id),
    );
    await compare(
      (client) => client.vectorStores.files.retrieve(id, store),
      (client) => client.vectorStores.files.retrieve(id, store),
    );
    const change = { ...store, attributes: null };
    await compare(
      (client) => client.vectorStores.files.update(id, change),
      (client) => client.vectorStores.files.update(id, change),
    );
    const read = await compare<unknown[]>(
      (client) => collectItems(client.vectorStores.files.content(id, store)),
      (client) => collectItems(client.vectorStores.files.content(id, store)),
    );
    expect(read).toEqual([{ type: 'text', text: 'a ledger' }]);
    const query = { filter: 'completed' as const, limit: 1 };
    const all = await compare<unknown[]>(
      (client) => collectItems(client.vectorStores.files.list(store.vector_store_id, query)),
      (client) => collectItems(client.vectorStores.files.list(store.vector_store_id, query)),
    );
    expect(all).toHaveLength(1);
    await compare(
      (client) => client.vectorStores.files.delete(id, store),
      (client) => client.vectorStores.files.delete(id, store),
    );
    await compareFailures(both, {
      ours: (client) => client.vectorStores.files.retrieve(id, store),
      theirs: (client) => client.vectorStores.files.retrieve(id, store),
    });
  });

  it('are uploaded and waited for', async () => {
    const store = await makeStore();
    const file = new File(['a ledger'], 'a.txt');
    await compare(
      (client) => client.vectorStores.files.uploadAndPoll(store, file),
      (client) => client.vectorStores.files.uploadAndPoll(store, file),
    );
    await compare(
      (client) => client.vectorStores.files.upload(store, file),
      (client) => client.vectorStores.files.upload(store, file),
    );
    const request = { file_id: await upload('a journal') };
    await compare(
      (client) => client.vectorStores.files.createAndPoll(store, request),
      (client) => client.vectorStores.files.createAndPoll(store, request),
    );
  });
});

describe('vectorStores.fileBatches', () => {
  it('are added, listed and cancelled', async () => {
    const store = { vector_store_id: await makeStore() };
    const file_ids = [await upload('one'), await upload('two')];
    const request = { file_ids, attributes: { team: 'a' } };
    const { id } = await compare<WithId>(
      (client) => client.vectorStores.fileBatches.create(store.vector_store_id, request),
      (client) => client.vectorStores.fileBatches.create(store.vector_store_id, request),
    );
    await compare(
      (client) => client.vectorStores.fileBatches.retrieve(id, store),
      (client) => client.vectorStores.fileBatches.retrieve(id, store),
    );
    await compare(
      (client) => client.vectorStores.fileBatches.cancel(id, store),
      (client) => client.vectorStores.fileBatches.cancel(id, store),
    );
    const query = { ...store, limit: 1, order: 'asc' as const };
    const files = await compare<unknown[]>(
      (client) => collectItems(client.vectorStores.fileBatches.listFiles(id, query)),
      (client) => collectItems(client.vectorStores.fileBatches.listFiles(id, query)),
    );
    expect(files).toHaveLength(2);
  });

  it('are waited for', async () => {
    const store = await makeStore();
    const request = { files: [{ file_id: await upload('one'), attributes: { n: 1 } }] };
    const { id } = await compare<WithId>(
      (client) => client.vectorStores.fileBatches.createAndPoll(store, request),
      (client) => client.vectorStores.fileBatches.createAndPoll(store, request),
    );
    await compare(
      (client) => client.vectorStores.fileBatches.poll(store, id),
      (client) => client.vectorStores.fileBatches.poll(store, id),
    );
    const files = [new File(['two'], 'two')];
    await compare(
      (client) => client.vectorStores.fileBatches.uploadAndPoll(store, { files }),
      (client) => client.vectorStores.fileBatches.uploadAndPoll(store, { files }),
    );
  });
});
