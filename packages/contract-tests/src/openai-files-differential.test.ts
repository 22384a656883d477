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

async function upload(text: string, name: string, purpose: 'batch' | 'user_data'): Promise<string> {
  const file = new File([text], name, { type: 'text/plain' });
  const { id } = await compare<WithId>(
    (client) => client.files.create({ file, purpose }),
    (client) => client.files.create({ file, purpose }),
  );
  return id;
}

describe('files', () => {
  it('are created, retrieved, read and deleted', async () => {
    const file = new File(['a "ledger" ä'], 'n"otes ä.txt', { type: 'text/plain' });
    const request = {
      file,
      purpose: 'user_data' as const,
      expires_after: { anchor: 'created_at' as const, seconds: 3600 },
    };
    const { id } = await compare<WithId>(
      (client) => client.files.create(request),
      (client) => client.files.create(request),
    );
    await compare(
      (client) => client.files.retrieve(id),
      (client) => client.files.retrieve(id),
    );
    const text = await compare(
      async (client) => (await client.files.content(id)).text(),
      async (client) => (await client.files.content(id)).text(),
    );
    expect(text).toBe('a "ledger" ä');
    await compare(
      (client) => client.files.delete(id),
      (client) => client.files.delete(id),
    );
    for (const method of ['retrieve', 'delete', 'content'] as const) {
      await compareFailures(both, {
        ours: (client) => client.files[method](id),
        theirs: (client) => client.files[method](id),
      });
    }
  });

  it('are listed over several pages', async () => {
    for (const name of ['a', 'b', 'c']) await upload(name, name, 'user_data');
    await upload('{}', 'd', 'batch');
    const query = { limit: 2, order: 'asc' as const, purpose: 'user_data' };
    const all = await compare<unknown[]>(
      (client) => collectItems(client.files.list(query)),
      (client) => collectItems(client.files.list(query)),
    );
    expect(all).toHaveLength(3);
  });

  it('are waited for', async () => {
    const id = await upload('{}', 'a', 'user_data');
    await compare(
      (client) => client.files.waitForProcessing(id),
      (client) => client.files.waitForProcessing(id),
    );
  });
});

describe('uploads', () => {
  it('are completed and cancelled', async () => {
    const request = {
      bytes: 6,
      filename: 'a.txt',
      mime_type: 'text/plain',
      purpose: 'user_data' as const,
    };
    const begin = async (): Promise<string> => {
      const { id } = await compare<WithId>(
        (client) => client.uploads.create(request),
        (client) => client.uploads.create(request),
      );
      return id;
    };
    const id = await begin();
    const part_ids: string[] = [];
    for (const text of ['abc', 'def']) {
      const data = new File([text], 'part');
      const part = await compare<WithId>(
        (client) => client.uploads.parts.create(id, { data }),
        (client) => client.uploads.parts.create(id, { data }),
      );
      part_ids.push(part.id);
    }
    await compareFailures(both, {
      ours: (client) => client.uploads.complete(id, { part_ids: ['none'] }),
      theirs: (client) => client.uploads.complete(id, { part_ids: ['none'] }),
    });
    await compare(
      (client) => client.uploads.complete(id, { part_ids }),
      (client) => client.uploads.complete(id, { part_ids }),
    );
    const other = await begin();
    await compare(
      (client) => client.uploads.cancel(other),
      (client) => client.uploads.cancel(other),
    );
  });
});

describe('batches', () => {
  it('run, are listed and are cancelled', async () => {
    const endpoint = '/v1/embeddings';
    const body = { model: 'text-embedding-3-small', input: 'a', dimensions: 2 };
    const line = JSON.stringify({ custom_id: 'a', method: 'POST', url: endpoint, body });
    const input_file_id = await upload(line, 'a.jsonl', 'batch');
    const request = {
      completion_window: '24h' as const,
      endpoint: '/v1/embeddings' as const,
      input_file_id,
      metadata: { team: 'a' },
      output_expires_after: { anchor: 'created_at' as const, seconds: 3600 },
    };
    const { id } = await compare<WithId>(
      (client) => client.batches.create(request),
      (client) => client.batches.create(request),
    );
    for (let look = 0; look < 4; look += 1) {
      await compare(
        (client) => client.batches.retrieve(id),
        (client) => client.batches.retrieve(id),
      );
    }
    const all = await compare<unknown[]>(
      (client) => collectItems(client.batches.list({ limit: 1 })),
      (client) => collectItems(client.batches.list({ limit: 1 })),
    );
    expect(all).toHaveLength(1);
    await compareFailures(both, {
      ours: (client) => client.batches.cancel(id),
      theirs: (client) => client.batches.cancel(id),
    });
    const other = await compare<WithId>(
      (client) => client.batches.create(request),
      (client) => client.batches.create(request),
    );
    await compare(
      (client) => client.batches.cancel(other.id),
      (client) => client.batches.cancel(other.id),
    );
  });
});

describe('containers', () => {
  it('are made, listed and deleted, with their files', async () => {
    const kept = await upload('kept', 'k', 'user_data');
    const request = { name: 'work', memory_limit: '4g' as const, file_ids: [kept] };
    const { id } = await compare<WithId>(
      (client) => client.containers.create(request),
      (client) => client.containers.create(request),
    );
    await compare(
      (client) => client.containers.retrieve(id),
      (client) => client.containers.retrieve(id),
    );
    await compare(
      (client) => collectItems(client.containers.list({ name: 'work', limit: 1 })),
      (client) => collectItems(client.containers.list({ name: 'work', limit: 1 })),
    );
    const own = await compare<WithId>(
      (client) => client.containers.files.create(id, { file: new File(['own'], 'o') }),
      (client) => client.containers.files.create(id, { file: new File(['own'], 'o') }),
    );
    await compare(
      (client) => client.containers.files.create(id, { file_id: kept }),
      (client) => client.containers.files.create(id, { file_id: kept }),
    );
    const container = { container_id: id };
    await compare(
      (client) => client.containers.files.retrieve(own.id, container),
      (client) => client.containers.files.retrieve(own.id, container),
    );
    const files = await compare<unknown[]>(
      (client) => collectItems(client.containers.files.list(id, { limit: 2, order: 'asc' })),
      (client) => collectItems(client.containers.files.list(id, { limit: 2, order: 'asc' })),
    );
    expect(files).toHaveLength(3);
    const text = await compare(
      async (client) => (await client.containers.files.content.retrieve(own.id, container)).text(),
      async (client) => (await client.containers.files.content.retrieve(own.id, container)).text(),
    );
    expect(text).toBe('own');
    // Theirs gives what its type says is nothing.
    await compare(
      (client) => client.containers.files.delete(own.id, container),
      (client) => client.containers.files.delete(own.id, container).then(() => undefined),
    );
    await compare(
      (client) => client.containers.delete(id),
      (client) => client.containers.delete(id).then(() => undefined),
    );
    await compareFailures(both, {
      ours: (client) => client.containers.retrieve(id),
      theirs: (client) => client.containers.retrieve(id),
    });
  });
});
