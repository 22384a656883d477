import { ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { failure } from './manual-response.test.support.ts';
import { toFile, type ToFileInput, toStreamingFile } from './to-file.ts';

async function* pieces(): AsyncGenerator<string | Uint8Array> {
  yield 'a';
  yield Buffer.from('bc');
}

describe('toFile', () => {
  it.each<[string, () => ToFileInput | PromiseLike<ToFileInput>]>([
    ['a text', () => 'abc'],
    ['bytes', () => Buffer.from('abc')],
    ['a buffer', () => new Uint8Array([97, 98, 99]).buffer],
    ['a Blob', () => new Blob(['abc'])],
    ['a Response', () => new Response('abc')],
    ['an async iterable', pieces],
    ['a list', () => ['a', Buffer.from('b'), new Blob(['c'])]],
    ['a web stream', () => new Blob(['abc']).stream() as ReadableStream<Uint8Array>],
    ['a promise', async () => 'abc'],
  ])('makes a file of %s', async (_name, make) => {
    const file = await toFile(make(), 'a.txt', { type: 'text/plain', lastModified: 5 });
    expect(file).toBeInstanceOf(File);
    expect([file.name, file.type, file.lastModified]).toEqual(['a.txt', 'text/plain', 5]);
    expect([await file.text(), await file.text()]).toEqual(['abc', 'abc']);
  });

  it('gives a file back that is already what is wanted', async () => {
    const file = new File(['abc'], 'a.txt', { type: 'text/plain' });
    expect(await toFile(file)).toBe(file);
    expect(await toFile(file, 'a.txt', { type: 'text/plain' })).toBe(file);
  });

  it('keeps of a file what it is not told', async () => {
    const file = new File(['abc'], 'a.txt', { type: 'text/plain', lastModified: 5 });
    const renamed = await toFile(file, 'b.txt');
    expect([renamed.name, renamed.type, renamed.lastModified]).toEqual(['b.txt', 'text/plain', 5]);
    expect(await renamed.text()).toBe('abc');
  });

  it('takes name and type from the source', async () => {
    const response = new Response('abc', { headers: { 'content-type': 'image/png' } });
    Object.defineProperty(response, 'url', { value: 'https://host/a/b.png' });
    const file = await toFile(response);
    expect([file.name, file.type]).toEqual(['b.png', 'image/png']);
    expect((await toFile('abc')).name).toBe('unknown_file');
    expect((await toFile('abc', '')).name).toBe('');
  });

  it('refuses what is no part of a file', async () => {
    const error = await failure(toFile([null as unknown as string]));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ message: expect.stringContaining('is null') });
  });
});

describe('toStreamingFile', () => {
  async function read(file: ReturnType<typeof toStreamingFile>): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.stream()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  it('reads a source once', async () => {
    const file = toStreamingFile(pieces(), 'a.txt', { type: 'text/plain', size: 3 });
    expect(file).toMatchObject({ name: 'a.txt', contentType: 'text/plain', size: 3 });
    expect(await read(file)).toBe('abc');
    expect(file.replayable).toBe(false);
  });

  it('opens a source anew that is given as a function', async () => {
    const file = toStreamingFile(pieces, 'a.txt');
    expect([await read(file), await read(file)]).toEqual(['abc', 'abc']);
    expect(file.replayable).toBe(true);
  });

  it('wants a name', () => {
    expect(() => toStreamingFile(pieces(), '')).toThrow(ValidationError);
  });
});
