import { text } from 'node:stream/consumers';
import { NotFoundError } from '@integrations/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareMistralCalls,
  compareMistralFailures,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

let both: BothMistralClients;

beforeEach(async () => {
  both = await connectBothMistral();
});

afterEach(() => both[Symbol.asyncDispose]());

/** Makes the same call with each client, whose requests and results must be equal. */
async function compare<T>(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<T> {
  return (await compareMistralCalls(both, { ours, theirs })) as T;
}

interface WithId {
  readonly id: string;
}

async function upload(name: string, purpose: 'batch' | 'ocr' = 'ocr'): Promise<string> {
  const file = new File([name], name, { type: 'text/plain' });
  const { id } = await compare<WithId>(
    (client) => client.files.upload({ file, purpose }),
    (client) => client.files.upload({ file, purpose }),
  );
  return id;
}

describe('files', () => {
  it('are uploaded, retrieved, downloaded and deleted', async () => {
    const file = new File(['{"a":"ä"}\n'], 'n"otes ä.jsonl', { type: 'application/jsonl' });
    const request = { file, purpose: 'batch', visibility: 'user', expiry: 2 } as const;
    const { id } = await compare<WithId>(
      (client) => client.files.upload(request),
      (client) => client.files.upload(request),
    );
    await compare(
      (client) => client.files.retrieve(id),
      (client) => client.files.retrieve({ fileId: id }),
    );
    const content = await compare(
      async (client) => (await client.files.download(id)).text(),
      async (client) => text(await client.files.download({ fileId: id })),
    );
    expect(content).toBe('{"a":"ä"}\n');
    await compare(
      (client) => client.files.delete(id),
      (client) => client.files.delete({ fileId: id }),
    );
    const gone: SameMistralCall[] = [
      {
        ours: (client) => client.files.retrieve(id),
        theirs: (client) => client.files.retrieve({ fileId: id }),
      },
      {
        ours: (client) => client.files.delete(id),
        theirs: (client) => client.files.delete({ fileId: id }),
      },
      {
        ours: (client) => client.files.download(id),
        theirs: (client) => client.files.download({ fileId: id }),
      },
      {
        ours: (client) => client.files.signedUrl(id, { expiry: 24 }),
        theirs: (client) => client.files.getSignedUrl({ fileId: id }),
      },
    ];
    for (const call of gone) {
      expect(await compareMistralFailures(both, call)).toBeInstanceOf(NotFoundError);
    }
  });

  it('are signed', async () => {
    const id = await upload('a');
    const [ours, theirs] = await Promise.all([
      both.ours.files.signedUrl(id, { expiry: 3 }),
      both.theirs.files.getSignedUrl({ fileId: id, expiry: 3 }),
    ]);
    // The servers have addresses of their own, and time goes on between them.
    for (const { url } of [ours, theirs]) expect(await (await fetch(url)).text()).toBe('a');
    const sent = [both.oursSees, both.theirsSees].map(({ requests }) => {
      const signing = requests.find(({ path }) => path.endsWith('/url'));
      return [signing?.method, signing?.path, signing?.query];
    });
    expect(sent[0]).toEqual(sent[1]);
  });

  it('are listed, a page at a time', async () => {
    for (const name of ['a', 'b', 'c']) await upload(name);
    await upload('{}', 'batch');
    for (const page of [0, 1]) {
      await compare(
        (client) =>
          client.files.list({
            page,
            page_size: 2,
            include_total: page === 0,
            sample_type: ['ocr_input', 'batch_request'],
            source: ['upload'],
            search: '',
            purpose: 'ocr',
            mimetypes: ['text/plain', 'image/png'],
          }),
        (client) =>
          client.files.list({
            page,
            pageSize: 2,
            includeTotal: page === 0,
            sampleType: ['ocr_input' as never, 'batch_request'],
            source: ['upload'],
            search: '',
            purpose: 'ocr',
            mimetypes: ['text/plain', 'image/png'],
          }),
      );
    }
  });

  it('of all pages are given by ours alone', async () => {
    for (const name of ['a', 'b', 'c']) await upload(name);
    const names: string[] = [];
    for await (const { filename } of both.ours.files.list({ page_size: 2 })) names.push(filename);
    expect(names).toEqual(['c', 'b', 'a']);
    const page = await both.theirs.files.list({ pageSize: 2 });
    expect(page.data).toHaveLength(2);
    expect(Symbol.asyncIterator in page).toBe(false);
  });
});
