import { NotFoundError } from '@integrations/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compareMistralCalls,
  compareMistralFailures,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const SOMEBODY = '00000000-0000-4000-8000-000000000000';
const CONTENT = 'One\fTwo\fThree';

let both: BothMistralClients;
/** Ids are the same on both servers. */
let libraryId: string;
let documentId: string;

beforeAll(async () => {
  both = await connectBothMistral();
  const made = await compare(
    (client) => client.libraries.create({ name: 'Ledgers', description: null, owner_type: 'User' }),
    (client) =>
      client.beta.libraries.create({ name: 'Ledgers', description: null, ownerType: 'User' }),
  );
  libraryId = (made as { id: string }).id;
  const file = new File([CONTENT], 'ä "b".txt', { type: 'text/plain' });
  const uploaded = await compare(
    (client) => client.libraries.documents.upload(libraryId, { file }),
    (client) => client.beta.libraries.documents.upload({ libraryId, requestBody: { file } }),
  );
  documentId = (uploaded as { id: string }).id;
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<unknown> {
  return compareMistralCalls(both, { ours, theirs });
}

describe('libraries', () => {
  it('get', async () => {
    await compare(
      (client) => client.libraries.get(libraryId),
      (client) => client.beta.libraries.get({ libraryId }),
    );
  });

  it('get, of none', async () => {
    const error = await compareMistralFailures(both, {
      ours: (client) => client.libraries.get(SOMEBODY),
      theirs: (client) => client.beta.libraries.get({ libraryId: SOMEBODY }),
    });
    expect(error).toBeInstanceOf(NotFoundError);
  });

  it('list', async () => {
    // Theirs always sends the number of a page too, which the API is about to forget.
    const mine = await compare(
      (client) => client.libraries.list({ page_size: 1, search: 'ledger' }, { query: { page: 0 } }),
      (client) => client.beta.libraries.list({ pageSize: 1, search: 'ledger' }),
    );
    expect(mine).toMatchObject({ data: [{ id: libraryId }] });
  });

  it('update', async () => {
    await compare(
      (client) => client.libraries.update(libraryId, { description: 'Of 1999' }),
      (client) =>
        client.beta.libraries.update({
          libraryId,
          updateLibraryRequest: { description: 'Of 1999' },
        }),
    );
  });

  it('delete: theirs gives what was deleted, as long as the API does', async () => {
    const made = await compare(
      (client) => client.libraries.create({ name: 'Gone' }),
      (client) => client.beta.libraries.create({ name: 'Gone' }),
    );
    const { id } = made as { id: string };
    await compare(
      (client) => client.libraries.delete(id),
      async (client) => {
        const deleted = await client.beta.libraries.delete({ libraryId: id });
        expect(deleted?.id).toBe(id);
      },
    );
  });
});

describe('libraries.accesses', () => {
  it('set, list and delete', async () => {
    await compare(
      (client) =>
        client.libraries.accesses.set(libraryId, {
          level: 'Editor',
          share_with_uuid: SOMEBODY,
          share_with_type: 'User',
        }),
      (client) =>
        client.beta.libraries.accesses.updateOrCreate({
          libraryId,
          sharingRequest: { level: 'Editor', shareWithUuid: SOMEBODY, shareWithType: 'User' },
        }),
    );
    await compare(
      (client) => client.libraries.accesses.list(libraryId),
      (client) => client.beta.libraries.accesses.list({ libraryId }),
    );
    await compare(
      (client) =>
        client.libraries.accesses.delete(libraryId, {
          share_with_uuid: SOMEBODY,
          share_with_type: 'User',
        }),
      async (client) => {
        const deleted = await client.beta.libraries.accesses.delete({
          libraryId,
          sharingDelete: { shareWithUuid: SOMEBODY, shareWithType: 'User' },
        });
        expect(deleted?.role).toBe('Editor');
      },
    );
  });
});

describe('libraries.documents', () => {
  it('status, until it is processed', async () => {
    for (let look = 0; look < 3; look += 1) {
      await compare(
        (client) => client.libraries.documents.status(libraryId, documentId),
        (client) => client.beta.libraries.documents.status({ libraryId, documentId }),
      );
    }
  });

  it('get', async () => {
    const mine = await compare(
      (client) => client.libraries.documents.get(libraryId, documentId),
      (client) => client.beta.libraries.documents.get({ libraryId, documentId }),
    );
    expect(mine).toMatchObject({ process_status: 'done', number_of_pages: 3 });
  });

  it('list', async () => {
    const mine = await compare(
      (client) =>
        client.libraries.documents.list(libraryId, {
          page: 0,
          page_size: 1,
          search: 'b',
          sort_by: 'created_at',
          sort_order: 'desc',
        }),
      (client) =>
        client.beta.libraries.documents.list({ libraryId, page: 0, pageSize: 1, search: 'b' }),
    );
    expect(mine).toMatchObject({ data: [{ id: documentId }] });
  });

  it('textContent', async () => {
    await compare(
      (client) =>
        client.libraries.documents.textContent(libraryId, documentId, {
          page_end: 2,
          page_start: 1,
        }),
      (client) =>
        client.beta.libraries.documents.textContent({
          libraryId,
          documentId,
          pageStart: 1,
          pageEnd: 2,
        }),
    );
  });

  /** The servers have ports of their own, and so signatures. */
  const placeOf = (url: string): string => new URL(url).pathname;

  it('signed-url', async () => {
    await compare(
      async (client) => placeOf(await client.libraries.documents.signedUrl(libraryId, documentId)),
      async (client) =>
        placeOf(await client.beta.libraries.documents.getSignedUrl({ libraryId, documentId })),
    );
  });

  it('extracted-text-signed-url', async () => {
    await compare(
      async (client) =>
        placeOf(await client.libraries.documents.extractedTextSignedUrl(libraryId, documentId)),
      async (client) =>
        placeOf(
          await client.beta.libraries.documents.extractedTextSignedUrl({ libraryId, documentId }),
        ),
    );
  });

  it('update', async () => {
    await compare(
      (client) =>
        client.libraries.documents.update(libraryId, documentId, {
          name: 'c.txt',
          attributes: { year: 1999, tags: ['a'] },
          expires_at: '2030-01-01T00:00:00.000Z',
        }),
      (client) =>
        client.beta.libraries.documents.update({
          libraryId,
          documentId,
          updateDocumentRequest: {
            name: 'c.txt',
            attributes: { year: 1999, tags: ['a'] },
            expiresAt: new Date('2030-01-01T00:00:00Z'),
          },
        }),
    );
  });

  it('reprocess, and delete', async () => {
    await compare(
      (client) => client.libraries.documents.reprocess(libraryId, documentId),
      (client) => client.beta.libraries.documents.reprocess({ libraryId, documentId }),
    );
    await compare(
      (client) => client.libraries.documents.delete(libraryId, documentId),
      (client) => client.beta.libraries.documents.delete({ libraryId, documentId }),
    );
  });
});
