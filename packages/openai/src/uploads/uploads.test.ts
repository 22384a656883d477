import { BadRequestError, ConfigurationError, ValidationError } from '@integrations/errors';
import { toStreamingFile } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { UploadFileProgress } from './upload-file-options.ts';
import { UploadIncompleteError } from './upload-incomplete-error.ts';

const PURPOSE = 'user_data';
const TYPE = 'text/plain';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({
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
  simulator.clearRequests();
  simulator.clearFaults();
});

function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, at) => at % 251);
}

function partRequests(): number {
  return simulator.requests.filter(({ path }) => path.endsWith('/parts')).length;
}

async function contentOf(id: string | undefined): Promise<Uint8Array> {
  return (await client.files.content(id ?? '')).bytes();
}

describe('uploads', () => {
  it('make a file of parts, in the order that completes them', async () => {
    const { id, status } = await client.uploads.create({
      bytes: 6,
      filename: 'a.txt',
      mime_type: TYPE,
      purpose: PURPOSE,
    });
    expect(status).toBe('pending');
    const second = await client.uploads.parts.create(id, { data: new Blob(['def']) });
    const first = await client.uploads.parts.create(id, { data: new Blob(['abc']) });
    expect(first).toMatchObject({ object: 'upload.part', upload_id: id });
    const completed = await client.uploads.complete(id, { part_ids: [first.id, second.id] });
    expect(completed).toMatchObject({ status: 'completed', file: { filename: 'a.txt', bytes: 6 } });
    expect(Buffer.from(await contentOf(completed.file?.id)).toString()).toBe('abcdef');
  });

  it('take no parts once they are cancelled', async () => {
    const request = { bytes: 3, filename: 'a', mime_type: TYPE, purpose: PURPOSE } as const;
    const { id } = await client.uploads.create(request);
    expect(await client.uploads.cancel(id)).toMatchObject({ id, status: 'cancelled' });
    const late = client.uploads.parts.create(id, { data: new Blob(['abc']) });
    await expect(late).rejects.toBeInstanceOf(BadRequestError);
  });

  it.each([
    ['create', () => client.uploads.create({ bytes: 0 } as never), 'bytes'],
    ['complete', () => client.uploads.complete('u', { part_ids: [] }), 'part_ids'],
    ['parts.create', () => client.uploads.parts.create('u', {} as never), 'data'],
    ['cancel', () => client.uploads.cancel(''), 'upload_id'],
  ])('%s sends nothing that cannot be right', async (_method, call, field) => {
    const error: unknown = await Promise.resolve(call()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(field);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('uploads.uploadFile', () => {
  it.each([
    ['a file', () => new File([bytesOf(25)], 'a.bin', { type: TYPE })],
    ['bytes', () => bytesOf(25)],
    ['a stream of known size', () => toStreamingFile(() => [bytesOf(25)], 'b', { size: 25 })],
  ])('sends %s in parts', async (_what, make) => {
    const seen: UploadFileProgress[] = [];
    const { status, file } = await client.uploads.uploadFile(
      { file: make(), purpose: PURPOSE, filename: 'a.bin', mime_type: TYPE },
      { partSize: 10, onProgress: (progress) => seen.push(progress) },
    );
    expect(status).toBe('completed');
    expect(await contentOf(file?.id)).toEqual(bytesOf(25));
    expect(partRequests()).toBe(3);
    expect(seen.map(({ uploadedParts }) => uploadedParts)).toEqual([1, 2, 3]);
    expect(seen.at(-1)).toMatchObject({ uploadedBytes: 25, totalBytes: 25, totalParts: 3 });
  });

  it('gives back every file, however it comes and is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (chunks, partSize, concurrency, isStream) => {
          const whole = Buffer.concat(chunks);
          fc.pre(whole.length > 0);
          const { length: size } = whole;
          const { file } = await client.uploads.uploadFile(
            {
              file: isStream ? toStreamingFile(chunks, 'a', { size }) : whole,
              purpose: PURPOSE,
              filename: 'a',
              mime_type: TYPE,
            },
            { partSize: Math.max(partSize, Math.ceil(size / 8)), concurrency },
          );
          expect(Buffer.from(await contentOf(file?.id))).toEqual(whole);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    ['a file', () => new File([bytesOf(50)], 'a', { type: TYPE })],
    [
      'a stream that can be opened again',
      () => toStreamingFile(() => [bytesOf(50)], 'a', { size: 50, type: TYPE }),
    ],
  ])('goes on where a part failed: %s', async (_what, make) => {
    simulator.inject({ match: { path: '/v1/uploads/*' }, skip: 2, fault: { status: 503 } });
    const file = make();
    const options = { partSize: 10, concurrency: 1 };
    const error: unknown = await client.uploads
      .uploadFile({ file, purpose: PURPOSE }, options)
      .catch((reason: unknown) => reason);
    if (!(error instanceof UploadIncompleteError)) throw error;
    expect(error).toMatchObject({ code: 'overloaded', status: 503, retryable: true });
    expect(error.resume.partIds.map((id) => id !== null)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    simulator.clearFaults();
    simulator.clearRequests();
    const kept = JSON.parse(JSON.stringify(error.resume)) as typeof error.resume;
    const upload = await client.uploads.uploadFile({ file, purpose: PURPOSE }, { resume: kept });
    expect(upload).toMatchObject({ id: error.resume.uploadId, status: 'completed' });
    expect(partRequests()).toBe(3);
    expect(await contentOf(upload.file?.id)).toEqual(bytesOf(50));
  });

  it('goes on when only its completion failed', async () => {
    simulator.inject({
      match: { path: '/v1/uploads/*' },
      skip: 2,
      times: 1,
      fault: { status: 500 },
    });
    const file = new File([bytesOf(20)], 'a', { type: TYPE });
    const error: unknown = await client.uploads
      .uploadFile({ file, purpose: PURPOSE }, { partSize: 10 })
      .catch((reason: unknown) => reason);
    if (!(error instanceof UploadIncompleteError)) throw error;
    simulator.clearRequests();
    const { resume } = error;
    const upload = await client.uploads.uploadFile({ file, purpose: PURPOSE }, { resume });
    expect(upload.status).toBe('completed');
    expect(partRequests()).toBe(0);
  });

  it('stops when the caller aborts, and can go on', async () => {
    const controller = new AbortController();
    const file = new File([bytesOf(50)], 'a', { type: TYPE });
    const error: unknown = await client.uploads
      .uploadFile(
        { file, purpose: PURPOSE },
        {
          partSize: 10,
          concurrency: 1,
          signal: controller.signal,
          onProgress: ({ uploadedParts }) => uploadedParts === 2 && controller.abort(),
        },
      )
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'aborted', retryable: false });
    expect(partRequests()).toBeLessThan(4);
    if (!(error instanceof UploadIncompleteError)) throw error;
    const { resume } = error;
    const upload = await client.uploads.uploadFile({ file, purpose: PURPOSE }, { resume });
    expect(await contentOf(upload.file?.id)).toEqual(bytesOf(50));
  });

  it('is told by a file that has another size than it said', async () => {
    for (const size of [24, 26]) {
      const file = toStreamingFile([bytesOf(25)], 'a', { size, type: TYPE });
      const upload = client.uploads.uploadFile({ file, purpose: PURPOSE }, { partSize: 10 });
      await expect(upload).rejects.toMatchObject({
        code: 'validation',
        message: expect.stringContaining(`${size} bytes`),
      });
    }
  });

  it.each([
    ['no size', { file: toStreamingFile([], 'a') }, {}],
    ['nothing in it', { file: new File([], 'a') }, {}],
    ['a text', { file: 'a text' }, {}],
    ['no name', { file: new Blob(['a'], { type: TYPE }) }, {}],
    ['no type', { file: new File(['a'], 'a') }, {}],
    [
      'another size than what it goes on with',
      { file: new File(['a'], 'a', { type: TYPE }) },
      {
        resume: { uploadId: 'upload_1', size: 2, partSize: 1, partIds: [null, null], expiresAt: 0 },
      },
    ],
  ])('sends nothing for a file with %s', async (_what, request, options) => {
    const upload = client.uploads.uploadFile({ purpose: PURPOSE, ...request } as never, options);
    await expect(upload).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each([{ partSize: 0 }, { partSize: 64 * 1024 ** 2 + 1 }, { concurrency: 0 }])(
    'refuses %j',
    async (options) => {
      const upload = client.uploads.uploadFile({ file: bytesOf(1), purpose: PURPOSE }, options);
      await expect(upload).rejects.toBeInstanceOf(ConfigurationError);
    },
  );
});
