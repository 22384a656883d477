import { JobFailedError, NotFoundError, ValidationError } from '@integrations/errors';
import { toFile, toStreamingFile } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

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

describe('files', () => {
  it('are created, retrieved, read and deleted', async () => {
    const created = await client.files.create({
      file: await toFile('a ledger', 'notes.txt', { type: 'text/plain' }),
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: 3600 },
    });
    expect(created).toMatchObject({ filename: 'notes.txt', bytes: 8, purpose: 'user_data' });
    expect(created.expires_at).toBe(created.created_at + 3600);
    expect(simulator.requests[0]?.body).toMatchObject({
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: '3600' },
      file: { filename: 'notes.txt', content_type: 'text/plain', bytes: 8 },
    });
    const { id } = created;
    expect(await client.files.retrieve(id)).toMatchObject({ id, status: 'processed' });
    expect(await (await client.files.content(id)).text()).toBe('a ledger');
    expect(await client.files.delete(id)).toMatchObject({ id, object: 'file', deleted: true });
    await expect(client.files.retrieve(id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.files.content(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it.each([
    ['bytes', () => new Uint8Array([0, 255, 13, 10])],
    ['a blob', () => new Blob([new Uint8Array([0, 255, 13, 10])])],
    ['a stream', () => toStreamingFile([new Uint8Array([0, 255]), new Uint8Array([13, 10])], 'x')],
  ])('come back as they were: %s', async (_what, make) => {
    const { id } = await client.files.create({ file: make(), purpose: 'user_data' });
    const content = await client.files.content(id);
    expect([...(await content.bytes())]).toEqual([0, 255, 13, 10]);
  });

  it('are listed, page by page, for a purpose', async () => {
    for (const name of ['1', '2', '3']) {
      await client.files.create({ file: new File([name], name), purpose: 'vision' });
    }
    const page = await client.files.list({ purpose: 'vision', limit: 2, order: 'asc' });
    expect(page.data.map(({ filename }) => filename)).toEqual(['1', '2']);
    expect(page.has_more).toBe(true);
    const names: string[] = [];
    for await (const { filename } of client.files.list({ purpose: 'vision', limit: 2 })) {
      names.push(filename);
    }
    expect(names).toEqual(['3', '2', '1']);
  });

  it('are waited for until they are processed', async () => {
    const { id } = await client.files.create({ file: new File(['{}'], 'a'), purpose: 'fine-tune' });
    await expect(client.files.waitFor(id)).resolves.toMatchObject({ id, status: 'processed' });
  });

  it('tell, when they are waited for, why they cannot be processed', async () => {
    const file = new File(['{}\nno json'], 'a.jsonl');
    const { id } = await client.files.create({ file, purpose: 'fine-tune' });
    const error: unknown = await client.files.waitFor(id).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ outcome: 'error', job: { id } });
    expect((error as Error).message).toContain('Line 2');
    expect(await client.files.waitForProcessing(id)).toMatchObject({ id, status: 'error' });
  });

  it.each([
    [{ purpose: 'user_data' }, 'file'],
    [{ file: 'a text', purpose: 'user_data' }, 'file'],
    [{ file: new Blob(['a']) }, 'purpose'],
    [{ file: new Blob(['a']), purpose: 'fun' }, 'purpose'],
    [
      {
        file: new Blob(['a']),
        purpose: 'batch',
        expires_after: { anchor: 'created_at', seconds: 60 },
      },
      'expires_after.seconds',
    ],
  ])('are not sent when they cannot be right: %#', async (request, field) => {
    const error: unknown = await client.files
      .create(request as never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(field);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each(['retrieve', 'delete', 'content', 'waitFor'] as const)(
    '%s sends nothing without an id',
    async (method) => {
      await expect(client.files[method]('')).rejects.toBeInstanceOf(ValidationError);
      expect(simulator.requests).toHaveLength(0);
    },
  );
});
