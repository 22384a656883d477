import {
  BadRequestError,
  JobFailedError,
  NotFoundError,
  ProtocolError,
  TotalTimeoutError,
  UnprocessableError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { LibraryDocument } from './documents/document.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const FAST = { pollInterval: 1 } as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

async function library(name = 'Ledgers'): Promise<string> {
  const { id } = await client.libraries.create({ name });
  return id;
}

async function documentOf(
  libraryId: string,
  content = 'A ledger keeps every entry.',
  name = 'a.txt',
): Promise<LibraryDocument> {
  const file = new File([content], name, { type: 'text/plain' });
  return client.libraries.documents.upload(libraryId, { file });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe('a library', () => {
  it('is made, looked at, changed and deleted', async () => {
    const made = await client.libraries.create({
      name: 'Ledgers',
      description: 'Of 1999',
      owner_type: 'User',
    });
    expect(made).toMatchObject({ name: 'Ledgers', owner_type: 'User', nb_documents: 0 });
    expect(await client.libraries.get(made.id)).toEqual(made);
    const changed = await client.libraries.update(made.id, { description: 'Of 2000' });
    expect(changed).toMatchObject({ name: 'Ledgers', description: 'Of 2000' });
    expect(simulator.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/v1/libraries/${made.id}`,
      body: { description: 'Of 2000' },
    });
    expect(await client.libraries.delete(made.id)).toBeUndefined();
    await expect(client.libraries.get(made.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.libraries.delete(made.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('is found page by page', async () => {
    const names = ['Paging one', 'Paging two', 'Paging three'];
    for (const name of names) await library(name);
    const page = await client.libraries.list({ search: 'paging', page_size: 2 });
    expect(page.data.map(({ name }) => name)).toEqual(['Paging three', 'Paging two']);
    expect(page.next_page_token).toEqual(expect.any(String));
    simulator.clearRequests();
    const all = await collect(client.libraries.list({ search: 'PAGING', page_size: 1 }));
    expect(all.map(({ name }) => name)).toEqual(names.toReversed());
    expect(simulator.requests).toHaveLength(3);
    expect(simulator.requests[0]?.query).toBe('?search=PAGING&page_size=1');
  });

  it('is refused here where it cannot be right', async () => {
    const refused = [
      client.libraries.create({ name: '' }),
      client.libraries.create({} as never),
      client.libraries.create({ name: 'a', chunk_size: 255 }),
      client.libraries.create({ name: 'a', owner_type: 'Org' as never }),
      client.libraries.update(NOBODY, { name: '' }),
      client.libraries.get(''),
      client.libraries.delete(''),
    ];
    for (const call of refused) await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('with a field that the API does not know is refused there', async () => {
    const call = client.libraries.create({ name: 'a', colour: 'red' } as never);
    await expect(call).rejects.toThrow(UnprocessableError);
    await expect(call).rejects.toThrow(/colour/);
  });

  it('is told from an answer of something else', async () => {
    simulator.inject({ fault: { emptyBody: true } });
    await expect(client.libraries.get(NOBODY)).rejects.toBeInstanceOf(ProtocolError);
  });
});

describe('the accesses of a library', () => {
  const somebody = { share_with_uuid: NOBODY, share_with_type: 'User' } as const;

  it('are given, changed, listed and taken away', async () => {
    const id = await library();
    const given = await client.libraries.accesses.set(id, { ...somebody, level: 'Viewer' });
    expect(given).toMatchObject({ library_id: id, role: 'Viewer', share_with_uuid: NOBODY });
    await client.libraries.accesses.set(id, { ...somebody, level: 'Editor' });
    const all = await collect(client.libraries.accesses.list(id));
    expect(all.map(({ role }) => role)).toEqual(['Owner', 'Editor']);
    expect(await client.libraries.accesses.delete(id, somebody)).toBeUndefined();
    expect(simulator.requests.at(-1)).toMatchObject({ method: 'DELETE', body: somebody });
    expect((await client.libraries.accesses.list(id)).data).toHaveLength(1);
    const again = client.libraries.accesses.delete(id, somebody);
    await expect(again).rejects.toBeInstanceOf(NotFoundError);
  });

  it('of an owner stay', async () => {
    const id = await library();
    const [owner] = (await client.libraries.accesses.list(id)).data;
    const entity = {
      share_with_uuid: owner?.share_with_uuid ?? '',
      share_with_type: 'User',
    } as const;
    const call = client.libraries.accesses.delete(id, entity);
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
  });

  it('are refused here where they cannot be right', async () => {
    const { accesses } = client.libraries;
    const refused = [
      accesses.set(NOBODY, { ...somebody, level: 'Owner' as never }),
      accesses.set(NOBODY, { ...somebody, share_with_uuid: '', level: 'Viewer' }),
      accesses.delete(NOBODY, { ...somebody, share_with_type: 'Team' as never }),
      accesses.list(''),
    ];
    for (const call of refused) await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });
});

describe('a document', () => {
  it('is uploaded, and processed while somebody waits', async () => {
    const id = await library();
    const uploaded = await documentOf(id);
    expect(uploaded).toMatchObject({ name: 'a.txt', process_status: 'todo', library_id: id });
    expect(simulator.requests.at(-1)?.body).toMatchObject({
      file: { filename: 'a.txt', content_type: 'text/plain', bytes: 27 },
    });
    const seen: string[] = [];
    const done = await client.libraries.documents.waitFor(id, uploaded.id, {
      ...FAST,
      onProgress: ({ process_status: status }) => seen.push(status),
    });
    expect(seen).toEqual(['in_progress', 'done']);
    expect(done).toMatchObject({ process_status: 'done', number_of_pages: 1 });
    expect(await client.libraries.documents.status(id, uploaded.id)).toMatchObject({
      document_id: uploaded.id,
      process_status: 'done',
    });
    expect(await client.libraries.get(id)).toMatchObject({ nb_documents: 1, total_size: 27 });
  });

  it.each([
    ['has nothing in it', '', 'a.txt', 'missing_content'],
    ['cannot be read', 'MZ', 'a.exe', 'error'],
  ])('that %s fails the wait', async (_what, content, name, outcome) => {
    const id = await library();
    const uploaded = await documentOf(id, content, name);
    const error: unknown = await client.libraries.documents
      .waitFor(id, uploaded.id, FAST)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ outcome, job: { id: uploaded.id, process_status: outcome } });
  });

  it('that takes too long ends the wait', async () => {
    const id = await library();
    const { id: documentId } = await documentOf(id);
    const call = client.libraries.documents.waitFor(id, documentId, {
      pollInterval: '1h',
      maxWait: 1,
    });
    await expect(call).rejects.toThrow(TotalTimeoutError);
    await expect(call).rejects.toThrow(/in_progress|not seen yet/);
  });

  it('gives its text, or some pages of it, and addresses of both', async () => {
    const id = await library();
    const content = 'One\fTwo\fThree';
    const { id: documentId } = await documentOf(id, content);
    const { documents } = client.libraries;
    const early = documents.textContent(id, documentId);
    await expect(early).rejects.toBeInstanceOf(NotFoundError);
    await documents.waitFor(id, documentId, FAST);
    expect((await documents.textContent(id, documentId)).text).toBe('One\n\nTwo\n\nThree');
    const some = { page_start: 1, page_end: 2 };
    expect((await documents.textContent(id, documentId, some)).text).toBe('Two');
    for (const url of [
      await documents.signedUrl(id, documentId),
      await documents.extractedTextSignedUrl(id, documentId),
    ]) {
      expect(await (await fetch(url)).text()).toBe(content);
    }
  });

  it('is changed, processed once more, and deleted', async () => {
    const id = await library();
    const { id: documentId } = await documentOf(id);
    const { documents } = client.libraries;
    await documents.waitFor(id, documentId, FAST);
    const change = {
      name: 'b.txt',
      attributes: { year: 1999 },
      expires_at: '2030-01-01T00:00:00Z',
    };
    expect(await documents.update(id, documentId, change)).toMatchObject(change);
    expect(await documents.reprocess(id, documentId)).toBeUndefined();
    expect(await documents.get(id, documentId)).toMatchObject({ process_status: 'in_progress' });
    expect(await documents.delete(id, documentId)).toBeUndefined();
    await expect(documents.get(id, documentId)).rejects.toBeInstanceOf(NotFoundError);
    await expect(documents.reprocess(id, documentId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('is found page by page, in the order that is asked for', async () => {
    const id = await library();
    for (const name of ['b.txt', 'a.txt', 'c.txt']) await documentOf(id, 'x', name);
    const query = { page_size: 2, sort_by: 'name', sort_order: 'asc' } as const;
    const page = await client.libraries.documents.list(id, query);
    expect(page.pagination).toMatchObject({ total_items: 3, current_page: 0, has_more: true });
    const all = await collect(client.libraries.documents.list(id, query));
    expect(all.map(({ name }) => name)).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(simulator.requests.at(-1)?.query).toBe(
      '?page_size=2&sort_by=name&sort_order=asc&page=1',
    );
    const last = await client.libraries.documents.list(id, { page: 1, page_size: 2 });
    expect(last.hasNextPage()).toBe(false);
    const found = await client.libraries.documents.list(id, { search: 'B.T' });
    expect(found.data.map(({ name }) => name)).toEqual(['b.txt']);
  });

  it('is refused here where it cannot be right', async () => {
    const { documents } = client.libraries;
    const refused = [
      documents.upload(NOBODY, {} as never),
      documents.upload(NOBODY, { file: 'text' as never }),
      documents.upload('', { file: new Blob(['x']) }),
      documents.update(NOBODY, NOBODY, { name: '' }),
      documents.get(NOBODY, ''),
      documents.signedUrl(NOBODY, ''),
      documents.waitFor('', NOBODY),
    ];
    for (const call of refused) await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('that is not there is told, also by an id that is none', async () => {
    const id = await library();
    const { documents } = client.libraries;
    await expect(documents.get(id, NOBODY)).rejects.toBeInstanceOf(NotFoundError);
    await expect(documents.get(id, 'no-uuid')).rejects.toBeInstanceOf(UnprocessableError);
  });
});
