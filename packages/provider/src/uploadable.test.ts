import { Readable } from 'node:stream';
import { ValidationError } from '@integrations/errors';
import type { FormFile } from '@integrations/transport';
import { describe, expect, it } from 'vitest';
import { failure } from './manual-response.test.support.ts';
import { readUploadable } from './uploadable.ts';

async function read(file: FormFile | undefined): Promise<string> {
  if (file === undefined) throw new Error('this is no file');
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.stream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* pieces(): AsyncGenerator<string | Uint8Array | Blob> {
  yield 'a';
  yield Buffer.from('b');
  yield new Blob(['c']);
}

function webStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(Buffer.from('abc'));
      controller.close();
    },
  });
}

function nodeStream(path: string | Buffer): Readable {
  return Object.assign(Readable.from([Buffer.from('ab'), Buffer.from('c')]), { path });
}

function respond(init: { url?: string; type?: string } = {}): Response {
  const headers = init.type === undefined ? {} : { 'content-type': init.type };
  const response = new Response(webStream(), { headers });
  return Object.defineProperty(response, 'url', { value: init.url ?? '' });
}

describe('readUploadable', () => {
  const bytes = new Uint8Array([0, ...Buffer.from('abc'), 0]).subarray(1, 4);

  it.each<[string, () => object, Partial<FormFile>]>([
    [
      'a File',
      () => new File(['abc'], 'a.txt', { type: 'text/plain' }),
      { name: 'a.txt', contentType: 'text/plain', size: 3 },
    ],
    ['a Blob', () => new Blob(['abc']), { name: 'unknown_file', size: 3 }],
    ['bytes', () => bytes, { name: 'unknown_file', size: 3 }],
    ['a Buffer', () => Buffer.from('abc'), { name: 'unknown_file', size: 3 }],
    ['a DataView', () => new DataView(bytes.buffer, 1, 3), { name: 'unknown_file', size: 3 }],
    ['an ArrayBuffer', () => bytes.slice().buffer, { name: 'unknown_file', size: 3 }],
  ])('takes %s, which can be sent again', async (_name, make, known) => {
    const file = readUploadable(make());
    expect(file).toMatchObject({ ...known, replayable: true });
    expect([await read(file), await read(file)]).toEqual(['abc', 'abc']);
  });

  it.each<[string, () => object, Partial<FormFile>]>([
    ['an async iterable', pieces, { name: 'unknown_file' }],
    ['a generator', () => ['a', 'bc'].values(), { name: 'unknown_file' }],
    ['a web stream', webStream, { name: 'unknown_file' }],
    ['a stream of Node.js', () => nodeStream('some/a.jsonl'), { name: 'a.jsonl' }],
    ['one whose path is bytes', () => nodeStream(Buffer.from('C:\\b.txt')), { name: 'b.txt' }],
    [
      'a Response',
      () => respond({ url: 'https://host/x/%C3%BC%20b.png?q=1', type: 'image/png' }),
      { name: 'ü b.png', contentType: 'image/png' },
    ],
    [
      'a Response from a strange address',
      () => respond({ url: 'https://host/100%.png' }),
      { name: '100%.png' },
    ],
    ['a Response from nowhere', () => respond(), { name: 'unknown_file' }],
  ])('takes %s, which can be sent once', async (_name, make, known) => {
    const file = readUploadable(make());
    expect(file).toMatchObject({ ...known, replayable: true });
    expect(file?.size).toBeUndefined();
    expect(await read(file)).toBe('abc');
    expect(file?.replayable).toBe(false);
    const error = await failure(read(file));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ message: expect.stringContaining('has been read already') });
  });

  it('takes what is a file already as it is', () => {
    const file = readUploadable(new Blob([]));
    expect(readUploadable(file as object)).toBe(file);
  });

  it.each([
    ['an object', { a: 1 }],
    ['a list', ['a']],
  ])('leaves %s alone', (_name, value) => {
    expect(readUploadable(value)).toBeUndefined();
  });

  it('refuses a Response that somebody has read', async () => {
    const response = respond();
    await response.text();
    expect(await failure(read(readUploadable(response)))).toBeInstanceOf(ValidationError);
  });

  it('takes a Response without a body for an empty file', async () => {
    expect(await read(readUploadable(new Response(null)))).toBe('');
  });

  it('refuses pieces that are no part of a file', async () => {
    const error = await failure(read(readUploadable([7].values())));
    expect(error).toMatchObject({
      code: 'validation',
      message: expect.stringContaining('of type number'),
    });
  });

  it.each<[string, (left: () => void) => object]>([
    ['a web stream', (cancel) => new ReadableStream({ cancel })],
    [
      'a stream of Node.js',
      (left) => {
        const destroy = (_error: Error | null, done: (error: null) => void): void => {
          left();
          done(null);
        };
        return new Readable({ read: () => undefined, destroy });
      },
    ],
    [
      'an iterable',
      (left) => {
        const leave = async (): Promise<IteratorResult<string>> => {
          left();
          return { done: true, value: undefined };
        };
        const next = (): Promise<never> => new Promise(() => undefined);
        return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
      },
    ],
  ])('lets %s go at once while it makes the reader wait', async (_name, make) => {
    let left = 0;
    const chunks = readUploadable(make(() => (left += 1)))?.stream();
    const reader = chunks?.[Symbol.asyncIterator]();
    // How it ends is not looked at: some streams throw.
    void Promise.allSettled([reader?.next()]);
    expect(await reader?.return?.()).toEqual({ done: true, value: undefined });
    expect(left).toBe(1);
    expect(await reader?.next()).toEqual({ done: true, value: undefined });
  });
});
