import { ConnectionError, SerializationError, ValidationError } from '@integrations/errors';
import type { HttpStreamingBody } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { readText, rejection, until } from './local-servers.test.support.ts';
import { withoutReplay } from './replay.ts';
import { isStreamingBody, Upload } from './upload.ts';

const CALL = 'POST https://api.test/files';

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield bytes(text);
}

/** A body that never gives its first chunk, and notes that it was left. */
function hanging(): HttpStreamingBody & { left: number } {
  const body = {
    left: 0,
    stream: () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: async () => {
          body.left += 1;
          return { done: true as const, value: undefined };
        },
      }),
    }),
  };
  return body;
}

describe('Upload', () => {
  it('gives what the body gives', async () => {
    const upload = new Upload({ size: 3, stream: () => pieces('a', '', 'bc') }, CALL);
    expect(upload.isComplete).toBe(false);
    expect(await readText(upload)).toBe('abc');
    expect(upload.isComplete).toBe(true);
    expect(upload.failure).toBeUndefined();
  });

  it('opens the body when its first chunk is wanted', async () => {
    let opened = 0;
    const stream = (): AsyncIterable<Uint8Array> => {
      opened += 1;
      return pieces('a');
    };
    const upload = new Upload({ stream }, CALL);
    expect(opened).toBe(0);
    await upload.next();
    expect(opened).toBe(1);
  });

  it.each([
    [2, 'more bytes than its size of 2'],
    [4, '3 bytes, less than its size of 4'],
  ])('holds a body of 3 bytes to its size of %i', async (size, problem) => {
    const upload = new Upload({ size, stream: () => pieces('ab', 'c') }, CALL);
    const error = await rejection(readText(upload));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.message).toContain(problem);
    expect(upload.failure).toBe(error);
    expect(upload.isComplete).toBe(false);
  });

  it('takes nothing but bytes', async () => {
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      yield 'text' as unknown as Uint8Array;
    };
    const error = await rejection(readText(new Upload({ stream }, CALL)));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.message).toContain('no Uint8Array');
  });

  it('types what a source throws, and keeps what is typed', async () => {
    const stream = async function* (error: Error): AsyncGenerator<Uint8Array> {
      yield bytes('a');
      throw error;
    };
    const raw = new Error('EIO: disk');
    const typed = await rejection(readText(new Upload({ stream: () => stream(raw) }, CALL)));
    expect(typed).toBeInstanceOf(SerializationError);
    expect(typed).toMatchObject({ cause: raw, retryable: false });
    expect(typed.message).toContain('EIO: disk');
    const ours = new ValidationError('wrong');
    expect(await rejection(readText(new Upload({ stream: () => stream(ours) }, CALL)))).toBe(ours);
  });

  it('stops while its source makes it wait, and leaves the source', async () => {
    const body = hanging();
    const upload = new Upload(body, CALL);
    const next = rejection(upload.next());
    upload.close();
    upload.close();
    expect(await next).toMatchObject({ code: 'aborted' });
    expect(body.left).toBe(1);
    expect(await rejection(upload.next())).toMatchObject({ code: 'aborted' });
  });

  it('is not failed by a source that throws when it is left', async () => {
    let fail: ((error: Error) => void) | undefined;
    const stream = (): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((_resolve, reject) => (fail = reject)),
        return: async () => {
          fail?.(new Error('premature close'));
          return { done: true, value: undefined };
        },
      }),
    });
    const upload = new Upload({ stream }, CALL);
    const next = rejection(upload.next());
    await until(() => fail !== undefined);
    upload.close();
    expect(await next).toMatchObject({ code: 'aborted' });
    await until(() => true);
    expect(upload.failure).toBeUndefined();
  });

  it('does not mind a source that fails to close', async () => {
    const stream = (): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: bytes('a') }),
        return: () => Promise.reject(new Error('stuck')),
      }),
    });
    const upload = new Upload({ stream }, CALL);
    await upload.next();
    expect(await upload.return()).toEqual({ done: true, value: undefined });
  });
});

describe('withoutReplay', () => {
  const once = { replayable: false, stream: () => pieces() };

  it('makes an error final when the body is gone, and says why', () => {
    const error = new ConnectionError('It broke.');
    expect(withoutReplay(error, once)).toBe(error);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.retryable).toBe(false);
    expect(error.message).toMatch(/^It broke\. It is not tried again, since its body/);
    expect(error.toJSON()).toMatchObject({ retryable: false });
  });

  it.each<[string, HttpStreamingBody | string | undefined]>([
    ['can be read again', { stream: () => pieces() }],
    ['says that it can be read again', { replayable: true, stream: () => pieces() }],
    ['is a text', 'text'],
    ['is not there', undefined],
  ])('leaves an error as it is when the body %s', (_name, body) => {
    expect(withoutReplay(new ConnectionError('It broke.'), body)).toMatchObject({
      retryable: true,
      message: 'It broke.',
    });
  });

  it('leaves an error as it is that is final anyway', () => {
    const error = new ValidationError('Wrong.');
    expect(withoutReplay(error, once).message).toBe('Wrong.');
  });
});

describe('isStreamingBody', () => {
  it('tells streams from text and bytes', () => {
    expect(isStreamingBody({ stream: () => pieces() })).toBe(true);
    for (const other of ['text', bytes('a'), undefined]) expect(isStreamingBody(other)).toBe(false);
  });
});
